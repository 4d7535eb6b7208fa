package io.mediadrop.file;

import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Stream;

/** The address of the archive endpoint, and whether that is the home's own archive. */
public final class ArchiveAddress {

  /** How files are written there anyway: as a whole, in the place of an older one. */
  private static final Set<String> AS_EVER =
      Set.of("fileExist=TryRename", "fileExist=Override", "tempPrefix=.");

  private final boolean inHome;
  private final boolean plain;

  /**
   * Takes an address as the setting has it.
   *
   * @param uri any Camel endpoint
   */
  public ArchiveAddress(Home home, String uri) {
    String[] parts = uri.split("\\?", 2);
    inHome = uri.startsWith("file:") && folderOf(parts[0]).equals(home.archive());
    plain = parts.length == 1 || Stream.of(parts[1].split("&")).allMatch(AS_EVER::contains);
  }

  private static Path folderOf(String uri) {
    return Path.of(uri.replaceFirst("^file:(//)?", "")).toAbsolutePath().normalize();
  }

  /** Whether it is the home's archive, where the receipts are. */
  public boolean isInHome() {
    return inHome;
  }

  /** Whether it is, and asks for nothing else than what filing does. */
  public boolean isFilings() {
    return inHome && plain;
  }
}

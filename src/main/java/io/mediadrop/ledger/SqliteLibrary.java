package io.mediadrop.ledger;

import io.mediadrop.base.ConfigurationMistake;
import io.mediadrop.base.PassingTrouble;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.sqlite.SQLiteJDBCLoader;

/**
 * The native code of SQLite, which has to lie in a folder from which programs may run. Many servers
 * forbid that for {@code /tmp}, some for the disk of the media, few for both.
 */
public final class SqliteLibrary {

  /** Where SQLite's driver unpacks its code. */
  private static final String FOLDER = "org.sqlite.tmpdir";

  /** What the code takes, in bytes, and some more. */
  private static final long ROOM = 4L << 20;

  private SqliteLibrary() {}

  /**
   * Loads the code, unless this process has it: from the folder that the system property {@code
   * org.sqlite.tmpdir} names, or else from the first that will do.
   *
   * @param data the home's folder for data, which comes before the one for temporary files
   * @throws ConfigurationMistake if it can run from none of them
   * @throws PassingTrouble if none of them has room for it
   */
  public static synchronized void load(Path data) {
    String named = System.getProperty(FOLDER);
    List<String> folders =
        named == null
            ? List.of(data.toString(), System.getProperty("java.io.tmpdir"))
            : List.of(named);
    ConfigurationMistake mistake =
        new ConfigurationMistake(
            "the native code of SQLite cannot run from %s (mounted with noexec?): let it, or"
                    .formatted(String.join(" nor from ", folders))
                + " name another folder with JAVA_OPTS=-D%s=/folder".formatted(FOLDER));
    try {
      for (String folder : folders) {
        System.setProperty(FOLDER, folder);
        if (isLoaded(mistake)) {
          return;
        }
      }
    } finally {
      if (named == null) {
        System.clearProperty(FOLDER);
      }
    }
    if (folders.stream().allMatch(SqliteLibrary::isFull)) {
      throw new PassingTrouble(
          "the native code of SQLite needs room in %s: make some"
              .formatted(String.join(" or in ", folders)),
          mistake);
    }
    throw mistake;
  }

  private static boolean isFull(String folder) {
    return Path.of(folder).toFile().getUsableSpace() < ROOM;
  }

  private static boolean isLoaded(Exception otherwise) {
    try {
      return SQLiteJDBCLoader.initialize();
    } catch (Exception e) {
      otherwise.addSuppressed(e);
      return false;
    }
  }

  /** Removes what processes that were killed have left; no other may be loading it now. */
  static void removeLeftovers(Path data) throws IOException {
    try (DirectoryStream<Path> leftovers = Files.newDirectoryStream(data, "sqlite-*sqlitejdbc*")) {
      for (Path leftover : leftovers) {
        // a list of the lanes that ends at this moment removes its own
        Files.deleteIfExists(leftover);
      }
    }
  }
}

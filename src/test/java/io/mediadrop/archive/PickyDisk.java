package io.mediadrop.archive;

import io.mediadrop.kit.FolderDisk;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.util.Set;

/** A disk that refuses names of files in the way of one that people have. */
public final class PickyDisk extends FolderDisk {

  /** How names are refused, or changed without a word. */
  public enum Manner {
    /** NTFS on Linux. */
    INVALID_ARGUMENT,
    /** exFAT on Linux, some shares. */
    NO_SUCH_FILE,
    /** Java on Windows: there is not even a path of that name. */
    NO_PATH,
    /** eCryptfs: names may have 143 bytes. */
    TOO_LONG,
    /**
     * A share of Windows: dots and spaces at the end are gone, a colon makes a stream of a file.
     */
    CHANGED,
    /** An old card: letters of one code page. */
    ASCII,
    /** Full, or gone. */
    NOTHING
  }

  private final Manner manner;

  private PickyDisk(FileSystem real, Manner manner) {
    super(real);
    this.manner = manner;
  }

  public static Path over(Path folder, Manner manner) {
    return new PickyDisk(folder.getFileSystem(), manner).seen(folder);
  }

  @Override
  protected void resolving(String name) {
    if (manner == Manner.NO_PATH && name.contains(":")) {
      throw new InvalidPathException(name, "Illegal char <:>");
    }
  }

  @Override
  public SeekableByteChannel newByteChannel(
      Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
      throws IOException {
    Path named = path.resolveSibling(kept(path, path.getFileName().toString()));
    return super.newByteChannel(named, options, attributes);
  }

  private String kept(Path path, String name) throws IOException {
    switch (manner) {
      case INVALID_ARGUMENT ->
          refuseIf(
              name.matches("(?s).*([\"*:<>?|\\\\\\p{Cntrl}]|[. ]$).*|CON(\\..*)?"),
              new FileSystemException(path.toString(), null, "Invalid argument"));
      case NO_SUCH_FILE ->
          refuseIf(name.matches("(?s).*[\"*:<>?|\\\\\\p{Cntrl}].*"), new NoSuchFileException(name));
      case TOO_LONG ->
          refuseIf(
              name.getBytes(StandardCharsets.UTF_8).length > 143,
              new FileSystemException(path.toString(), null, "File name too long"));
      case ASCII ->
          refuseIf(
              !name.matches("\\p{ASCII}+"),
              new FileSystemException(path.toString(), null, "Invalid or incomplete multibyte"));
      case NOTHING ->
          refuseIf(true, new FileSystemException(path.toString(), null, "No space left on device"));
      default -> {
        // taken as it is, or as something else
      }
    }
    return manner == Manner.CHANGED ? name.replaceFirst("(:.*|[. ]+)$", "") : name;
  }

  private static void refuseIf(boolean refused, FileSystemException how) throws IOException {
    if (refused) {
      throw how;
    }
  }
}

package io.mediadrop.file;

import io.mediadrop.base.ConfigurationMistake;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;

/** Who else can change the configuration: whoever can has the media and the connections. */
public final class WriteRights {

  private static final Set<PosixFilePermission> OTHERS =
      Set.of(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);

  private WriteRights() {}

  /**
   * Does nothing if only the owner can change the file or folder, or if its file system has no such
   * rights.
   *
   * @throws ConfigurationMistake if others can, or the rights cannot be read
   */
  public static void requireOwnersOnly(Path path) {
    try {
      if (path.getFileSystem().supportedFileAttributeViews().contains("posix")
          && Files.getPosixFilePermissions(path).stream().anyMatch(OTHERS::contains)) {
        throw new ConfigurationMistake(
            "%s can be changed by others: run chmod go-w %s".formatted(path, path));
      }
    } catch (IOException e) {
      throw new ConfigurationMistake(path + " cannot be looked at: " + e, e);
    }
  }
}

package io.mediadrop.ledger;

import io.mediadrop.base.ConfigurationMistake;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;

/** Where SQLite keeps the ledger. */
final class LedgerFile {

  /** Tells of which type the file system is that a folder lies on. */
  interface FileSystemTypes {
    String of(Path folder) throws IOException;
  }

  /**
   * Only those that are known to be networks': folders of containers and virtual machines lie on
   * file systems of many names, on which SQLite works.
   */
  private static final Set<String> NETWORKS =
      Set.of(
          "nfs",
          "nfs3",
          "nfs4",
          "cifs",
          "smb2",
          "smb3",
          "smbfs",
          "afs",
          "afpfs",
          "ceph",
          "davfs",
          "lustre",
          "ncpfs",
          "webdav",
          "fuse.ceph-fuse",
          "fuse.davfs",
          "fuse.glusterfs",
          "fuse.rclone",
          "fuse.s3fs",
          "fuse.sshfs");

  private LedgerFile() {}

  /**
   * Passes unless the ledger lies on a share, where SQLite's log can be damaged.
   *
   * @param place the JDBC address after {@code jdbc:sqlite:}, without options
   * @throws ConfigurationMistake if it does
   */
  static void requireOwnDisk(String place, FileSystemTypes types) {
    String type = typeOf(place, types);
    if (NETWORKS.contains(type)) {
      throw new ConfigurationMistake(
          "the ledger %s lies on a network file system (%s), where it can be damaged:"
                  .formatted(place, type)
              + " move it to a disk of this machine and name that place in mediadrop.ledger.url"
              + " (MEDIADROP_LEDGER_URL)");
    }
  }

  /** The file itself; null if it is in no file, or whatever SQLite may say of it. */
  static Path pathOf(String place) {
    try {
      return place.isEmpty() || place.startsWith(":")
          ? null
          : Path.of(place.replaceFirst("^file:", "")).toAbsolutePath().normalize();
    } catch (InvalidPathException e) {
      return null;
    }
  }

  private static String typeOf(String place, FileSystemTypes types) {
    try {
      Path folder = Path.of(place.replaceFirst("^file:", "")).toAbsolutePath().getParent();
      return folder == null ? "" : types.of(folder).toLowerCase(Locale.ROOT);
    } catch (IOException | InvalidPathException e) {
      // whatever is wrong with the place, SQLite says so
      return "";
    }
  }
}

package io.mediadrop.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;

/** Which disks are this machine's own, so that it knows of everything that is done on them. */
class LocalDisks {

  /** What was found out of a disk, and when. */
  private record Disk(String name, boolean local, long asked) {}

  /** What such disks are formatted with. */
  private static final Set<String> LOCAL =
      Set.of(
          "ext2",
          "ext3",
          "ext4",
          "xfs",
          "btrfs",
          "zfs",
          "f2fs",
          "jfs",
          "bcachefs",
          "tmpfs",
          "overlay",
          "vfat",
          "exfat",
          "ntfs",
          "ntfs3",
          "refs");

  /**
   * So long a disk is what it was found to be. To ask of each of a hundred folders in one another
   * takes most of a look through them, and to remember it for longer would be wrong once another
   * disk is mounted.
   */
  private static final long SAME_DISK = Duration.ofSeconds(1).toNanos();

  private Disk disk;

  /** Whether a folder is on one of them, which has this name. */
  boolean have(Path folder, String name) throws IOException {
    long now = System.nanoTime();
    if (disk == null || !disk.name().equals(name) || now - disk.asked() > SAME_DISK) {
      disk = new Disk(name, isLocal(folder), now);
    }
    return disk.local();
  }

  private static boolean isLocal(Path folder) throws IOException {
    String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    // elsewhere Java itself looks through the folder now and then, which the lane does better
    return (system.startsWith("linux") || system.startsWith("windows"))
        && LOCAL.contains(Files.getFileStore(folder).type().toLowerCase(Locale.ROOT));
  }

  /** Whether the file lies on a disk of this machine, of which this machine knows everything. */
  static boolean isOnThisMachine(Path file) {
    try {
      return isLocal(file);
    } catch (IOException e) {
      return false;
    }
  }
}

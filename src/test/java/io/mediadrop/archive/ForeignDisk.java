package io.mediadrop.archive;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A disk of another system, over a folder, as programs of Debian make it. */
public final class ForeignDisk {

  private final Path folder;
  private String device;

  private ForeignDisk(Path folder) throws IOException {
    this.folder = Files.createDirectories(folder);
  }

  /** One of Windows, with the names that Windows itself takes. */
  public static ForeignDisk ntfs(Path folder, Path image) throws Exception {
    ForeignDisk disk = new ForeignDisk(folder);
    blank(image);
    run("ntfs-3g", "mkfs.ntfs", "-F", "-Q", image.toString());
    run("ntfs-3g", "ntfs-3g", "-o", "windows_names", image.toString(), folder.toString());
    return disk;
  }

  /** A card of a camera: no hard links, and upper case is lower case. */
  public static ForeignDisk exfat(Path folder, Path image) throws Exception {
    ForeignDisk disk = new ForeignDisk(folder);
    blank(image);
    run("exfatprogs", "mkfs.exfat", image.toString());
    disk.device = run("mount", "losetup", "--show", "-f", image.toString()).strip();
    run("exfat-fuse", "mount.exfat-fuse", disk.device, folder.toString());
    return disk;
  }

  /** An encrypted folder, whose names must be shorter than elsewhere. */
  public static ForeignDisk encrypted(Path folder, Path where) throws Exception {
    ForeignDisk disk = new ForeignDisk(folder);
    Files.createDirectories(where);
    run(
        "encfs",
        "sh",
        "-c",
        "echo secret | encfs --standard --stdinpass \"$0\" \"$1\"",
        where.toString(),
        folder.toString());
    return disk;
  }

  private static void blank(Path image) throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
      file.setLength(64 << 20);
    }
  }

  private static String run(String debianPackage, String... command) throws Exception {
    try {
      Process process = new ProcessBuilder(List.of(command)).redirectErrorStream(true).start();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new AssertionError(
            "%s failed, which comes with Debian's %s and needs root and FUSE: %s"
                .formatted(command[0], debianPackage, said));
      }
      return said;
    } catch (IOException e) {
      throw new AssertionError(
          "there is no %s: apt-get install %s".formatted(command[0], debianPackage), e);
    }
  }

  /** Takes it away, whoever has files open on it. */
  public void unmount() throws Exception {
    run("mount", "umount", "-l", folder.toString());
    if (device != null) {
      run("mount", "losetup", "-d", device);
    }
  }
}

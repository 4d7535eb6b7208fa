package io.mediadrop.archive;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.Deque;

/** A disk or share with a file system of somebody else, mounted by FUSE; needs the right to. */
public final class FuseDisk {

  private static final long SIZE = 64L << 20;

  private final Path work;
  private final Path folder;
  private final Deque<String[]> undo = new ArrayDeque<>();

  private FuseDisk(Path work, Path folder) throws IOException {
    this.work = Files.createDirectories(work);
    this.folder = Files.createDirectories(folder);
  }

  /** What people have. */
  public enum Kind {
    /** Knows hard links. */
    NTFS,
    /** Knows none. */
    EXFAT,
    /** Over OpenSSH: each name of a file has a number of its own. */
    SSHFS,
    /** Over a server that says ok to a hard link, and makes none. */
    SSHFS_OVER_RCLONE
  }

  /** Mounts one over a folder, with what it needs in a work folder. */
  public static FuseDisk mount(Kind kind, Path work, Path folder) throws Exception {
    FuseDisk disk = new FuseDisk(work, folder);
    switch (kind) {
      case NTFS -> {
        run("ntfs-3g", "mkntfs", "-F", "-q", disk.image());
        run("ntfs-3g", "ntfs-3g", disk.image(), folder.toString());
      }
      case EXFAT -> {
        run("exfatprogs", "mkfs.exfat", disk.image());
        String device = run("mount", "losetup", "-f", "--show", disk.image()).strip();
        disk.undo.push(new String[] {"losetup", "-d", device});
        run("exfat-fuse", "mount.exfat-fuse", device, folder.toString());
      }
      case SSHFS -> disk.sshfs("/usr/lib/openssh/sftp-server", disk.served());
      case SSHFS_OVER_RCLONE ->
          disk.sshfs(
              "rclone serve sftp --stdio --config /dev/null --log-file %s/log %s"
                  .formatted(work, disk.served()),
              Path.of("/"));
    }
    disk.undo.push(new String[] {"umount", "-l", folder.toString()});
    return disk;
  }

  private Path served() throws IOException {
    return Files.createDirectories(work.resolve("served"));
  }

  private void sshfs(String server, Path root) throws Exception {
    Path command = work.resolve("server.sh");
    Files.writeString(command, "#!/bin/sh\nexec " + server + "\n");
    Files.setPosixFilePermissions(command, PosixFilePermissions.fromString("rwx------"));
    run("sshfs", "sshfs", "-o", "ssh_command=" + command, "there:" + root, folder.toString());
  }

  private String image() throws IOException {
    Path image = work.resolve("image");
    if (!Files.exists(image)) {
      try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
        file.setLength(SIZE);
      }
    }
    return image.toString();
  }

  /** Puts a folder of another disk over one of this. */
  public void bind(Path elsewhere, Path over) throws Exception {
    Files.createDirectories(elsewhere);
    Files.createDirectories(over);
    run("mount", "mount", "--bind", elsewhere.toString(), over.toString());
    undo.push(new String[] {"umount", "-l", over.toString()});
  }

  private static String run(String debianPackage, String... command) throws Exception {
    Process process;
    try {
      process = new ProcessBuilder(command).redirectErrorStream(true).start();
    } catch (IOException e) {
      throw new IOException("install the Debian package " + debianPackage + ": " + e, e);
    }
    // a program that serves the disk from now on must not keep us waiting for its output
    if (process.waitFor() != 0) {
      throw new IOException(
          String.join(" ", command)
              + " (needs the right to mount): "
              + new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
    }
    return process.inputReader().ready() ? process.inputReader().readLine() : "";
  }

  /** Takes it away again. */
  public void unmount() throws Exception {
    for (String[] command : undo) {
      new ProcessBuilder(command).start().waitFor();
    }
  }
}

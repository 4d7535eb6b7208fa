package io.mediadrop.archive;

import io.mediadrop.source.FileStamp;
import io.mediadrop.source.Printable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/** Moves files so that neither a name clash nor a power cut at any moment loses one. */
public final class SafeMove {

  private SafeMove() {}

  /**
   * Moves a file to a name that must be free, also to another file system, and makes the move
   * durable. After a crash the file lies at the source, at the target, or whole at both. What has
   * taken the file's name by then stays.
   *
   * @throws FileAlreadyExistsException if the target's name is taken
   * @throws IOException if the file could not be moved; it lies at the source then
   */
  public static void move(Path source, Path target) throws IOException {
    FileStamp moved = FileStamp.of(source);
    if (link(source, target)) {
      syncFolder(target.getParent());
      unlink(source, target, moved);
    } else if (rename(source, target)) {
      syncFolder(target.getParent());
    } else {
      FileStamp copied = copy(source, target);
      syncFolder(target.getParent());
      removeCopied(source, copied);
    }
    syncFolder(source.getParent());
  }

  /**
   * Gives a file, whose content is on the disk then, a further name that must be free; false where
   * the file system cannot. A hard link is the one way to take a name only if it is free, in a
   * single step. The name is durable once its folder is synced.
   */
  static boolean link(Path source, Path target) throws IOException {
    Files.createDirectories(target.getParent());
    syncFile(source);
    try {
      Files.createLink(target, source);
      return true;
    } catch (FileAlreadyExistsException e) {
      throw e;
    } catch (FileSystemException | UnsupportedOperationException e) {
      return false;
    }
  }

  /**
   * Takes the first name from a file that has a further one; not from another file there.
   *
   * @param moved the file before: on some shares the two names of one file look like two files
   */
  static void unlink(Path source, Path target, FileStamp moved) throws IOException {
    if (Files.exists(source, LinkOption.NOFOLLOW_LINKS)
        && (Files.isSameFile(source, target) || FileStamp.of(source).sameContent(moved))) {
      Files.deleteIfExists(source);
    }
  }

  /** Removes a file of which there is a copy now; not another file there. */
  static void removeCopied(Path source, FileStamp copied) throws IOException {
    if (Files.exists(source, LinkOption.NOFOLLOW_LINKS) && FileStamp.of(source).equals(copied)) {
      Files.deleteIfExists(source);
    }
  }

  private static boolean rename(Path source, Path target) throws IOException {
    if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
      throw new FileAlreadyExistsException(target.toString());
    }
    try {
      Files.move(source, target, StandardCopyOption.ATOMIC_MOVE);
      return true;
    } catch (FileSystemException e) {
      return false;
    }
  }

  private static FileStamp copy(Path source, Path target) throws IOException {
    Path copy = beside(target, ".copying");
    Files.deleteIfExists(copy);
    try {
      return copy(source, copy, target);
    } finally {
      // its name is another one by now, or it is of no use
      Files.deleteIfExists(copy);
    }
  }

  private static FileStamp copy(Path source, Path copy, Path target) throws IOException {
    FileStamp before = FileStamp.of(source);
    Files.copy(source, copy, StandardCopyOption.COPY_ATTRIBUTES, LinkOption.NOFOLLOW_LINKS);
    // the copying keeps microseconds only
    Files.setLastModifiedTime(copy, Files.getLastModifiedTime(source));
    syncFile(copy);
    if (Files.size(copy) != before.size() || !FileStamp.of(source).equals(before)) {
      throw new IOException(Printable.of(source) + " changed while it was copied");
    }
    if (!link(copy, target) && !rename(copy, target)) {
      throw new IOException("the copy of " + Printable.of(source) + " could not be named");
    }
    return before;
  }

  /** Removes what a crash has left of a copy that will not go to its target any more. */
  static void forgetCopy(Path target) throws IOException {
    Files.deleteIfExists(beside(target, ".copying"));
  }

  /** A name that no other target has, and that is the same after a crash. */
  static Path beside(Path target, String end) {
    byte[] path = target.toString().getBytes(StandardCharsets.UTF_8);
    return target.resolveSibling("." + UUID.nameUUIDFromBytes(path) + end);
  }

  /** Writes a small file so that readers see its old content or its new content, never half. */
  public static void replace(Path target, byte[] content) throws IOException {
    write(target, content);
    syncFolder(target.getParent());
  }

  /** The same, durable once the folder is synced. */
  static void write(Path target, byte[] content) throws IOException {
    Files.createDirectories(target.getParent());
    Path written = beside(target, ".tmp");
    Files.write(written, content);
    syncFile(written);
    Files.move(
        written, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private static void syncFile(Path file) throws IOException {
    // for reading, since a file that is read-only can be moved all the same
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  static void syncFolder(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (FileSystemException e) {
      // some platforms cannot open a folder; there the move itself is all that can be had
    }
  }
}

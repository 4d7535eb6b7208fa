package io.mediadrop.archive;

import io.mediadrop.source.FileStamp;
import io.mediadrop.source.Printable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Moves files so that neither a name clash nor a power cut at any moment loses one. */
public final class SafeMove {

  private SafeMove() {}

  /**
   * Moves a file to a name that must be free, also to another file system, and makes the move
   * durable. After a crash the file lies at the source, at the target, or whole at both.
   *
   * @throws FileAlreadyExistsException if the target's name is taken
   * @throws IOException if the file could not be moved; it lies at the source then
   */
  public static void move(Path source, Path target) throws IOException {
    Files.createDirectories(target.getParent());
    syncFile(source);
    if (!link(source, target) && !rename(source, target)) {
      copy(source, target);
    }
    syncFolder(target.getParent());
    Files.deleteIfExists(source);
    syncFolder(source.getParent());
  }

  /** A hard link is the one way to take a name only if it is free, in a single step. */
  private static boolean link(Path source, Path target) throws IOException {
    try {
      Files.createLink(target, source);
      return true;
    } catch (FileAlreadyExistsException e) {
      throw e;
    } catch (FileSystemException | UnsupportedOperationException e) {
      return false;
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

  private static void copy(Path source, Path target) throws IOException {
    Path copy = target.resolveSibling("." + Integer.toHexString(target.hashCode()) + ".copying");
    Files.deleteIfExists(copy);
    FileStamp before = FileStamp.of(source);
    Files.copy(source, copy, StandardCopyOption.COPY_ATTRIBUTES, LinkOption.NOFOLLOW_LINKS);
    // the copying keeps microseconds only
    Files.setLastModifiedTime(copy, Files.getLastModifiedTime(source));
    syncFile(copy);
    if (Files.size(copy) != before.size() || !FileStamp.of(source).equals(before)) {
      Files.delete(copy);
      throw new IOException(Printable.of(source) + " changed while it was copied");
    }
    if (!link(copy, target) && !rename(copy, target)) {
      throw new IOException("the copy of " + Printable.of(source) + " could not be named");
    }
    Files.deleteIfExists(copy);
  }

  /** Writes a small file so that readers see its old content or its new content, never half. */
  public static void replace(Path target, byte[] content) throws IOException {
    Files.createDirectories(target.getParent());
    Path written = target.resolveSibling("." + Integer.toHexString(target.hashCode()) + ".tmp");
    Files.write(written, content);
    syncFile(written);
    Files.move(
        written, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    syncFolder(target.getParent());
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

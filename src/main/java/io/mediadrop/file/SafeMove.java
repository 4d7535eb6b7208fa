package io.mediadrop.file;

import io.mediadrop.base.Printable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Moves files so that neither a name clash nor a power cut at any moment loses one. */
public final class SafeMove {

  private SafeMove() {}

  /**
   * Moves a file to a name that must be free, also to another file system, and makes the move
   * durable. After a crash the file lies at the source, at the target, or whole at both. What has
   * taken the file's name by then stays.
   *
   * @throws FileAlreadyExistsException if the target's name is taken
   * @throws IOException if the file could not be moved, or is not seen to have been; it lies at the
   *     source then, also when it is whole at the target
   */
  public static void move(Path source, Path target) throws IOException {
    FileStamp moved = FileStamp.of(source);
    boolean linked = link(source, target);
    if (linked) {
      syncFolder(target.getParent());
      linked = unlink(source, target, moved);
    }
    if (!linked) {
      boolean renamed = rename(source, target);
      if (!renamed) {
        copy(source, target);
      }
      syncFolder(target.getParent());
      requireWhole(target, moved);
      removeMoved(source, moved, renamed);
    }
    syncFolder(source.getParent());
  }

  /**
   * Gives a file, whose content is on the disk then, a further name that must be free; false where
   * the file system cannot. A hard link is the one way to take a name only if it is free, in a
   * single step. The name is durable once its folder is synced.
   */
  public static boolean link(Path source, Path target) throws IOException {
    makeFolder(target.getParent());
    syncFile(source);
    try {
      Files.createLink(target, source);
      return true;
    } catch (FileAlreadyExistsException e) {
      if (isPlaceholder(target)) {
        return false;
      }
      throw e;
    } catch (FileSystemException | UnsupportedOperationException e) {
      return false;
    }
  }

  /**
   * Takes the first name from a file once a further one is seen; not from another file there.
   *
   * @param moved the file before: on some shares the two names of one file look like two files
   * @return false if the file has no further name, whatever the file system has said
   */
  public static boolean unlink(Path source, Path target, FileStamp moved) throws IOException {
    FileStamp there = stampOf(target);
    if (!isFile(there) || !areOne(there, moved) && there.size() != moved.size()) {
      return false;
    }
    FileStamp first = stampOf(source);
    if (first != null && (areOne(first, there) || first.sameContent(moved))) {
      remove(source, first);
    }
    return true;
  }

  /** Whether two names are those of one file; a link to a file is none. */
  public static boolean isOneFile(Path one, Path other) throws IOException {
    return isFile(stampOf(one)) && isFile(stampOf(other)) && Files.isSameFile(one, other);
  }

  /** Whether they are one file, or two with the same bytes; a link to a file is none. */
  public static boolean isSame(Path one, Path other) throws IOException {
    return isFile(stampOf(one))
        && isFile(stampOf(other))
        && (Files.isSameFile(one, other) || Files.mismatch(one, other) < 0);
  }

  private static boolean areOne(FileStamp one, FileStamp other) {
    return !one.key().isEmpty() && one.key().equals(other.key());
  }

  /** What is left of a file that was renamed is a copy; one that was copied may have changed. */
  static void removeMoved(Path source, FileStamp moved, boolean renamed) throws IOException {
    FileStamp left = stampOf(source);
    if (left != null && (renamed ? left.sameContent(moved) : left.equals(moved))) {
      remove(source, left);
    }
  }

  /**
   * Removes a file whose content is at another place.
   *
   * @throws IOException if it is still there afterwards
   */
  public static void remove(Path file, FileStamp stamp) throws IOException {
    Files.deleteIfExists(file);
    FileStamp left = stampOf(file);
    if (left != null && left.sameContent(stamp)) {
      throw new IOException(
          Printable.of(file)
              + " is still there, though the file system said that it had removed it: see whether"
              + " another program has it open, or take it away yourself");
    }
  }

  /** Whether a file of this size is at a path. */
  public static boolean isWhole(Path file, long size) {
    try {
      FileStamp there = stampOf(file);
      return isFile(there) && there.size() == size;
    } catch (IOException e) {
      return false;
    }
  }

  private static void requireWhole(Path target, FileStamp moved) throws IOException {
    if (!isWhole(target, moved.size())) {
      throw new IOException(
          "there is no file of %d bytes at %s, though the file system said that it had been put"
                  .formatted(moved.size(), Printable.of(target))
              + " there: see to that disk or share");
    }
  }

  private static boolean isFile(FileStamp stamp) {
    return stamp != null && stamp.kind() == FileStamp.Kind.FILE;
  }

  /** What is at a path; null if nothing is. */
  private static FileStamp stampOf(Path path) throws IOException {
    try {
      return FileStamp.of(path);
    } catch (NoSuchFileException e) {
      return null;
    }
  }

  /**
   * Where there are no links a rename would replace what has taken the name in this very moment. So
   * the name is taken first, by a file that nobody else can have put there.
   */
  private static boolean rename(Path source, Path target) throws IOException {
    if (stampOf(target) != null && !isPlaceholder(target)) {
      throw new FileAlreadyExistsException(target.toString());
    }
    if (!FileStamp.of(source).disk().equals(FileStamp.of(target.getParent()).disk())) {
      return false;
    }
    try {
      if (stampOf(target) == null) {
        take(target);
      }
      Files.move(source, target, StandardCopyOption.ATOMIC_MOVE);
      return true;
    } catch (FileAlreadyExistsException e) {
      throw e;
    } catch (FileSystemException e) {
      return false;
    } finally {
      forgetPlaceholder(target);
    }
  }

  private static void take(Path target) throws IOException {
    try (FileChannel channel =
        FileChannel.open(target, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.wrap(placeholder(target)));
    } catch (FileSystemException e) {
      throw e;
    } catch (IOException e) {
      // the disk is full
      Files.deleteIfExists(target);
      throw e;
    }
  }

  static byte[] placeholder(Path target) {
    return "mediadrop is about to put a file here (%s)\n"
        .formatted(beside(target, "").getFileName())
        .getBytes(StandardCharsets.UTF_8);
  }

  /** Whether a crash has left the name to the file that was to get it. */
  public static boolean isPlaceholder(Path target) throws IOException {
    byte[] content = placeholder(target);
    return isWhole(target, content.length) && Arrays.equals(Files.readAllBytes(target), content);
  }

  /** Gives a name free that a crash has left so. */
  public static void forgetPlaceholder(Path target) throws IOException {
    if (isPlaceholder(target)) {
      Files.delete(target);
    }
  }

  private static void copy(Path source, Path target) throws IOException {
    Path copy = beside(target, ".copying");
    Files.deleteIfExists(copy);
    FileStamp before = FileStamp.of(source);
    try {
      Files.copy(source, copy, StandardCopyOption.COPY_ATTRIBUTES, LinkOption.NOFOLLOW_LINKS);
      // the copying keeps microseconds only
      Files.setLastModifiedTime(copy, Files.getLastModifiedTime(source));
      syncFile(copy);
      if (Files.size(copy) != before.size() || !FileStamp.of(source).equals(before)) {
        throw new IOException(Printable.of(source) + " changed while it was copied");
      }
      boolean named = link(copy, target) && isWhole(target, before.size());
      if (!named && !rename(copy, target)) {
        throw new IOException("the copy of " + Printable.of(source) + " could not be named");
      }
    } finally {
      Files.deleteIfExists(copy);
    }
  }

  /** Removes what a crash has left of a copy that will not go to its target any more. */
  public static void forgetCopy(Path target) throws IOException {
    Files.deleteIfExists(beside(target, ".copying"));
  }

  /** A name that no other target has, and that is the same after a crash. */
  static Path beside(Path target, String end) {
    byte[] path = target.toString().getBytes(StandardCharsets.UTF_8);
    return target.resolveSibling("." + UUID.nameUUIDFromBytes(path) + end);
  }

  /** Writes a small file so that readers see its old content or its new content, never half. */
  public static void replace(Path target, byte[] content) throws IOException {
    makeFolder(target.getParent());
    Path written = beside(target, ".tmp");
    Files.write(written, content);
    syncFile(written);
    name(written, target);
    syncFolder(target.getParent());
  }

  /**
   * The same, durable once its folder and then it are synced: a power cut in between may leave it
   * empty, or half.
   */
  public static void write(Path target, byte[] content) throws IOException {
    makeFolder(target.getParent());
    Path written = beside(target, ".tmp");
    Files.write(written, content);
    name(written, target);
  }

  private static void name(Path written, Path target) throws IOException {
    Files.move(
        written, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** Creates what is missing of a folder, whose name in the one around it is durable then. */
  private static void makeFolder(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      makeFolder(folder.getParent());
      Files.createDirectories(folder);
      syncFolder(folder.getParent());
    }
  }

  /** Makes the bytes of a file durable. */
  public static void syncFile(Path file) throws IOException {
    // for reading, since a file that is read-only can be moved all the same
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  /** Makes the names of files durable, and what has gone beside them. */
  public static void syncFoldersOf(Stream<Path> files) throws IOException {
    for (Path folder : files.map(Path::getParent).collect(Collectors.toSet())) {
      syncFolder(folder);
    }
  }

  public static void syncFolder(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (FileSystemException e) {
      // some platforms cannot open a folder; there the move itself is all that can be had
    }
  }
}

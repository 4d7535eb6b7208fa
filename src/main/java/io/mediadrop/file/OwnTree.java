package io.mediadrop.file;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The plain files below a folder of the home, as far as they are reached through nothing but real
 * folders on its own disk. What lies behind a link or on another disk was put there by a person.
 */
public final class OwnTree {

  private final Path root;
  private final String disk;

  public OwnTree(Path root) throws IOException {
    this.root = root.toRealPath();
    disk = diskOf(FileStamp.of(this.root));
  }

  /** Both parts of a key are numbers where the platform has keys. */
  private static String diskOf(FileStamp stamp) {
    return stamp.key().replaceFirst(":.*", "");
  }

  /** Deletes the file at a place if it is such a plain file and passes the test. */
  public void delete(String place, Predicate<FileStamp> test) throws IOException {
    Optional<Path> file = find(place);
    if (file.isPresent() && isOwn(file.get(), FileStamp.Kind.FILE, test)) {
      SafeMove.remove(file.get(), FileStamp.of(file.get()));
    }
  }

  /** Makes the deletions beside a place durable, and deletes the folders above that are empty. */
  public void tidyUp(String place) throws IOException {
    Optional<Path> file = find(place);
    if (file.isEmpty()) {
      return;
    }
    Path folder = file.get().getParent();
    SafeMove.syncFolder(folder);
    // the lane's own folder stays
    while (root.relativize(folder).getNameCount() > 1 && deleteEmpty(folder)) {
      folder = folder.getParent();
    }
  }

  private static boolean deleteEmpty(Path folder) throws IOException {
    try {
      Files.deleteIfExists(folder);
      return true;
    } catch (DirectoryNotEmptyException e) {
      return false;
    }
  }

  private Optional<Path> find(String place) throws IOException {
    Path below = Path.of(place);
    if (below.isAbsolute() || !below.equals(below.normalize()) || below.getNameCount() < 2) {
      return Optional.empty();
    }
    Path folder = root;
    for (Path name : below.getParent()) {
      folder = folder.resolve(name);
      if (!isOwn(folder, FileStamp.Kind.DIRECTORY, stamp -> true)) {
        return Optional.empty();
      }
    }
    return Optional.of(folder.resolve(below.getFileName()));
  }

  private boolean isOwn(Path path, FileStamp.Kind kind, Predicate<FileStamp> test)
      throws IOException {
    try {
      FileStamp stamp = FileStamp.of(path);
      return stamp.kind() == kind && disk.equals(diskOf(stamp)) && test.test(stamp);
    } catch (NoSuchFileException e) {
      return false;
    }
  }
}

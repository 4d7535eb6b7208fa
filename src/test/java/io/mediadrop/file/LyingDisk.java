package io.mediadrop.file;

import io.mediadrop.kit.FolderDisk;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.CopyOption;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;

/** A disk whose driver does not always do what it says. */
public final class LyingDisk extends FolderDisk {

  /** What is answered without an error although something else is done, or nothing. */
  enum Lie {
    LINKS_NOTHING,
    LINKS_AN_EMPTY_FILE,
    KNOWS_NO_LINKS,
    MOVES_NOTHING,
    MOVES_BY_COPYING,
    MOVES_INTO_NOTHING,
    /** Another program wants the same name in that moment. */
    MOVES_LATE,
    COPIES_HALF,
    DELETES_NOTHING
  }

  private final Set<Lie> lies = EnumSet.noneOf(Lie.class);

  private LyingDisk(FileSystem real) {
    super(real);
  }

  /** A folder, seen through a disk that tells these lies. */
  static Path over(Path folder, Lie... lies) {
    LyingDisk disk = new LyingDisk(folder.getFileSystem());
    disk.lies.addAll(Arrays.asList(lies));
    return disk.seen(folder);
  }

  /** Tells the truth from now on. */
  public static void mend(Path folder) {
    ((LyingDisk) folder.getFileSystem().provider()).lies.clear();
  }

  @Override
  public void createLink(Path link, Path existing) throws IOException {
    if (lies.contains(Lie.KNOWS_NO_LINKS) || existing.getFileSystem() != link.getFileSystem()) {
      throw new FileSystemException(link.toString(), null, "no links, or another disk");
    } else if (lies.contains(Lie.LINKS_AN_EMPTY_FILE)) {
      Files.createFile(under(link));
    } else if (!lies.contains(Lie.LINKS_NOTHING)) {
      super.createLink(link, existing);
    }
  }

  @Override
  public void move(Path source, Path target, CopyOption... options) throws IOException {
    if (lies.contains(Lie.MOVES_LATE)) {
      try {
        Files.createFile(under(target));
        throw new AssertionError("the file of another program would be replaced");
      } catch (FileAlreadyExistsException e) {
        // the other program goes elsewhere
      }
    }
    if (lies.contains(Lie.MOVES_BY_COPYING)) {
      Files.copy(under(source), under(target), StandardCopyOption.REPLACE_EXISTING);
      Files.setLastModifiedTime(under(target), Files.getLastModifiedTime(under(source)));
    } else if (lies.contains(Lie.MOVES_INTO_NOTHING)) {
      Files.delete(under(source));
    } else if (!lies.contains(Lie.MOVES_NOTHING)) {
      super.move(source, target, options);
    }
  }

  @Override
  public void delete(Path path) throws IOException {
    if (!lies.contains(Lie.DELETES_NOTHING)) {
      super.delete(path);
    }
  }

  @Override
  public boolean deleteIfExists(Path path) throws IOException {
    return lies.contains(Lie.DELETES_NOTHING) || super.deleteIfExists(path);
  }

  @Override
  public FileChannel newFileChannel(
      Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
      throws IOException {
    if (lies.contains(Lie.COPIES_HALF) && path.toString().endsWith(".copying")) {
      try (FileChannel copy = FileChannel.open(under(path), Set.of(StandardOpenOption.WRITE))) {
        copy.truncate(copy.size() / 2);
      }
    }
    return super.newFileChannel(path, options, attributes);
  }
}

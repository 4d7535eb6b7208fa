package io.mediadrop.source;

import io.mediadrop.lane.Lane;
import io.mediadrop.lane.Lanes;
import io.mediadrop.lane.WatchNotes;
import io.mediadrop.sidecar.SidecarNames;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Looks through a lane's folder, once at each thing in it, and leaves aside what is no file to be
 * taken.
 */
class FolderScan {

  /** What Java puts in the place of bytes that are no characters. */
  private static final String UNREADABLE = "\uFFFD";

  /** Whom the things in the folder are shown to. */
  interface Onlooker {

    /**
     * A folder, before it is listed, so that nothing happens unseen in between; false if it cannot
     * be watched.
     */
    boolean watch(Path folder, FileStamp stamp);

    /** A folder after it was listed to its end, with the number of all things in it. */
    void listed(Path folder, int entries);

    /** Whether the file has been shown before. */
    boolean knows(Path file);

    /** A file. */
    void see(Path file, FileStamp stamp);

    /** A sidecar of a file, which need not be there. */
    void seeSidecar(Path sidecar, FileStamp stamp);

    /** What is about a media file, which need not be there. */
    void seeCompanion(Path companion, FileStamp stamp);
  }

  private final Lane lane;
  private final Lanes lanes;
  private final WatchNotes watchNotes;
  private final IgnoredNames ignoredNames;
  private final CompanionNames companionNames;
  private final Strays strays;
  private final boolean recursive;
  private final Deque<Path> folders = new ArrayDeque<>();

  FolderScan(
      Lane lane,
      Lanes lanes,
      WatchNotes watchNotes,
      IgnoredNames ignoredNames,
      CompanionNames companionNames,
      Strays strays,
      boolean recursive) {
    this.companionNames = companionNames;
    this.lane = lane;
    this.lanes = lanes;
    this.watchNotes = watchNotes;
    this.ignoredNames = ignoredNames;
    this.strays = strays;
    this.recursive = recursive;
  }

  /**
   * Shows each folder and each file; whether all folders are watched.
   *
   * @throws IOException if the lane's folder cannot be looked at
   */
  boolean show(Onlooker onlooker) throws IOException {
    folders.clear();
    boolean watched = onlooker.watch(lane.directory(), FileStamp.of(lane.directory()));
    folders.add(lane.directory());
    while (!folders.isEmpty()) {
      Path folder = folders.poll();
      try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
        int count = 0;
        for (Path entry : entries) {
          watched &= look(entry, onlooker);
          count++;
        }
        onlooker.listed(folder, count);
      } catch (NoSuchFileException e) {
        watched = false;
      } catch (IOException | DirectoryIteratorException e) {
        watched = strays.leave(folder, "it cannot be listed: " + e.getMessage());
      }
    }
    return watched;
  }

  /** False if it is a folder that cannot be watched. */
  private boolean look(Path path, Onlooker onlooker) {
    String name = path.getFileName().toString();
    if (name.startsWith(".")) {
      return true;
    }
    try {
      FileStamp stamp = FileStamp.of(path);
      if (stamp.kind() == FileStamp.Kind.DIRECTORY) {
        return !isToEnter(path) || onlooker.watch(path, stamp) & folders.add(path);
      }
      if (onlooker.knows(path) || !ignoredNames.ignores(name) && hasReadableName(path)) {
        show(path, name, stamp, onlooker);
      }
    } catch (NoSuchFileException e) {
      // it went while the others were looked at
    } catch (InvalidPathException e) {
      strays.leave(
          lane.directory(), "the name of a file in it cannot be read: run with a UTF-8 locale");
    } catch (IOException | RuntimeException e) {
      // whatever is wrong with one, the others are looked at
      strays.leave(path, "it cannot be looked at: " + e);
    }
    return true;
  }

  private void show(Path path, String name, FileStamp stamp, Onlooker onlooker) {
    switch (stamp.kind()) {
      case FILE -> {
        if (SidecarNames.isSidecar(name)) {
          onlooker.seeSidecar(path, stamp);
        } else if (companionNames.isCompanion(name)) {
          onlooker.seeCompanion(path, stamp);
        } else {
          onlooker.see(path, stamp);
        }
      }
      case LINK -> strays.leave(path, "it is a link; put the file itself here");
      default -> strays.leave(path, "it is no regular file");
    }
  }

  private boolean isToEnter(Path folder) {
    return recursive
        && !lanes.isAnothers(folder, lane)
        && ignoredNames.isEntered(folder, strays)
        && !isAnotherHomes(folder)
        && canBeWorkedIn(folder);
  }

  private boolean isAnotherHomes(Path folder) {
    String holder = watchNotes.anothersIn(folder);
    return holder != null
        && !strays.leave(
            folder,
            "it is watched by %s: if that one is gone for good, delete the note %s in it"
                .formatted(holder, WatchNotes.NAME));
  }

  private boolean canBeWorkedIn(Path folder) {
    return Files.isReadable(folder) && Files.isWritable(folder) && Files.isExecutable(folder)
        || strays.leave(folder, "give this user the rights to list the folder and to move files");
  }

  /** The ledger keeps names as text, from which the file must be found again. */
  private boolean hasReadableName(Path path) {
    String text = path.toString();
    return !text.contains(UNREADABLE)
        || Path.of(text).equals(path)
        || strays.leave(path, "its name is not in UTF-8: rename it");
  }
}

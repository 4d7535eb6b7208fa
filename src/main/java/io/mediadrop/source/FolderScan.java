package io.mediadrop.source;

import io.mediadrop.file.CompanionNames;
import io.mediadrop.file.FileStamp;
import io.mediadrop.file.IgnoredNames;
import io.mediadrop.file.SidecarNames;
import io.mediadrop.file.Strays;
import io.mediadrop.lane.Lane;
import io.mediadrop.lane.Ownership;
import io.mediadrop.lane.WatchNotes;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;

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

    /** A folder below the lane's, which is looked into. */
    void enter(Path folder);

    /** A folder below the lane's that is not looked into, though it may be the lane's own. */
    void pass(Path folder);

    /** A sidecar of a file, which need not be there. */
    void seeSidecar(Path sidecar, FileStamp stamp);

    /** What is about a media file, which need not be there. */
    void seeCompanion(Path companion, FileStamp stamp);
  }

  private final Lane lane;
  private final WatchNotes watchNotes;
  private final IgnoredNames ignoredNames;
  private final CompanionNames companionNames;
  private final Strays strays;
  private final Deque<Path> folders = new ArrayDeque<>();

  /** Those whose files are nobody's, though folders in them are some lanes'. */
  private final Set<Path> passages = new HashSet<>();

  FolderScan(
      Lane lane,
      WatchNotes watchNotes,
      IgnoredNames ignoredNames,
      CompanionNames companionNames,
      Strays strays) {
    this.companionNames = companionNames;
    this.lane = lane;
    this.watchNotes = watchNotes;
    this.ignoredNames = ignoredNames;
    this.strays = strays;
  }

  /**
   * Shows each folder and each file; whether all folders are watched.
   *
   * @throws IOException if the lane's folder cannot be looked at
   */
  boolean show(Onlooker onlooker) throws IOException {
    folders.clear();
    passages.clear();
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
        onlooker.pass(folder);
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
        return !isToEnter(path, onlooker) || onlooker.watch(path, stamp) & folders.add(path);
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
        if (passages.contains(path.getParent())) {
          onlooker.pass(path.getParent());
          leaveNobodys(path.getParent());
        } else if (SidecarNames.isSidecar(name)) {
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

  private boolean isToEnter(Path folder, Onlooker onlooker) {
    Ownership whose = lane.ownership().of(lane.directory().relativize(folder));
    if (whose == Ownership.ANOTHERS || !ignoredNames.isEntered(folder, strays)) {
      return false;
    }
    boolean enter =
        lane.isRecursive()
            && !isAnotherHomes(folder)
            && (whose.isToEnter() || leaveNobodys(folder))
            && canBeWorkedIn(folder);
    if (!enter) {
      onlooker.pass(folder);
      return false;
    }
    onlooker.enter(folder);
    if (whose == Ownership.PASSAGE) {
      passages.add(folder);
    }
    return true;
  }

  private boolean leaveNobodys(Path folder) {
    return strays.leave(folder, lane.ownership().nobodys(lane.directory().relativize(folder)));
  }

  private boolean isAnotherHomes(Path folder) {
    String why = watchNotes.anothersIn(folder, lane.name());
    return why != null && !strays.leave(folder, why);
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

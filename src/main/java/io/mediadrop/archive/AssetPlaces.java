package io.mediadrop.archive;

import io.mediadrop.file.FileNames;
import io.mediadrop.file.Home;
import io.mediadrop.file.SafeMove;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/** Finds places below the archive for the files behind the items of an answer. */
public class AssetPlaces {

  private final Home home;
  private final ArchiveFiles archiveFiles;

  AssetPlaces(Home home, ArchiveFiles archiveFiles) {
    this.home = home;
    this.archiveFiles = archiveFiles;
  }

  /**
   * A place of its own for a file: {@code IMG_0001.jpg.assets/full.jpg} beside the original. A name
   * that something else has already gets a number, as originals do.
   *
   * @param original the original's place below the archive
   * @param name the file's name
   * @param taken whether a place is promised already
   */
  public String choose(String original, String name, Predicate<String> taken) {
    String folder =
        first(
            FileNames.assetsFolder(original),
            place -> !taken.test(place) && (!exists(place) || isFolder(place)));
    create(folder);
    return first(folder + "/" + name, place -> !taken.test(place) && !exists(place));
  }

  private static String first(String wanted, Predicate<String> free) {
    return IntStream.iterate(1, n -> n + 1)
        .mapToObj(n -> FileNames.numbered(wanted, n))
        .filter(free)
        .findFirst()
        .orElseThrow();
  }

  /** At once, so that no original gets the folder's name meanwhile. */
  private void create(String folder) {
    if (archiveFiles.isElsewhere()) {
      return;
    }
    try {
      if (!home.disks().areThere()) {
        throw new IOException("the archive lies on another disk than at the start");
      }
      Files.createDirectories(in(folder));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Originals lie in the home, so that nothing of theirs is in the way elsewhere. */
  private boolean exists(String place) {
    return !archiveFiles.isElsewhere() && Files.exists(in(place), LinkOption.NOFOLLOW_LINKS);
  }

  private boolean isFolder(String place) {
    return Files.isDirectory(in(place), LinkOption.NOFOLLOW_LINKS);
  }

  /** Whether a file of this size is at its place in the home's archive. */
  public boolean has(String place, long size) {
    try {
      return !archiveFiles.isElsewhere()
          && Files.isRegularFile(in(place), LinkOption.NOFOLLOW_LINKS)
          && Files.size(in(place)) == size;
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * Makes the name of a file in the home's archive durable.
   *
   * @throws IOException if no file of this size is there, whatever was said
   */
  public void confirm(String place, long size) throws IOException {
    if (archiveFiles.isElsewhere()) {
      return;
    }
    if (!has(place, size)) {
      throw new IOException("it is not in the archive, though it was put there");
    }
    SafeMove.syncFolder(in(place).getParent());
  }

  private Path in(String place) {
    return home.archive().resolve(place);
  }
}

package io.mediadrop.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Whether the disks below the home, which may be several, can take what is put there. */
public final class Disks {

  private static final int TRIAL = 4096;

  private final Home home;
  private final List<MountedFolder> places;
  private final Mounting mounting;

  /** Remembers which disks there are. */
  Disks(Home home) throws IOException {
    this.home = home;
    this.places = List.of(new MountedFolder(home.archive()), new MountedFolder(home.failed()));
    this.mounting = new Mounting(home.archive());
  }

  /** Whether the folders for originals and refused files are the ones that were there at first. */
  public boolean areThere() {
    boolean there = places.stream().allMatch(MountedFolder::isThere);
    if (!there) {
      mounting.doubt();
    }
    return there;
  }

  /** Which mounting of its disk the archive lies on. */
  public Mounting mounting() {
    return mounting;
  }

  /** Tries whether files can be written where originals and refused files go. */
  public boolean areWritable() {
    return areThere() && takesTrial(home.archive()) && takesTrial(home.failed());
  }

  private static boolean takesTrial(Path folder) {
    try {
      Path trial = Files.createTempFile(folder, ".trial", null);
      try {
        Files.write(trial, new byte[TRIAL]);
      } finally {
        Files.delete(trial);
      }
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** Whether a file of this size could be put away now; one from the same disk needs no room. */
  public boolean canTake(Path source, long size) {
    try {
      return areWritable() && (isOnSameDisk(source) || FreeSpace.in(home.archive()) >= size);
    } catch (IOException e) {
      return false;
    }
  }

  private boolean isOnSameDisk(Path source) throws IOException {
    return !Files.exists(source)
        || Files.getFileStore(source).equals(Files.getFileStore(home.archive()));
  }
}

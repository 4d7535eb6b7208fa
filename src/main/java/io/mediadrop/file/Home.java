package io.mediadrop.file;

import io.mediadrop.base.ConfigurationMistake;
import io.mediadrop.base.PassingTrouble;
import io.mediadrop.base.Quantity;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The home folder, in which mediadrop may create folders: where what lies, and how private it is.
 */
public class Home {

  private final Deque<Runnable> closedFirst = new ArrayDeque<>();
  private final HomeLock lock = new HomeLock(this);
  private final DiskWatch diskWatch = new DiskWatch(this);
  private FreeSpace freeSpace = new FreeSpace(this, 0);
  private Disks disks;
  private Path root;

  /**
   * Creates what is missing and locks the home for this process.
   *
   * @throws ConfigurationMistake if it cannot be written or another mediadrop runs on it
   * @throws PassingTrouble if its disk is full, write-protected or away
   */
  public void open() {
    try {
      Path[] folders = {drop(), archive(), failed(), data()};
      for (Path place = root; place != null; place = place.getParent()) {
        requireNoLinkToAway(place);
      }
      for (Path folder : folders) {
        requireNoLinkToAway(folder);
      }
      for (Path folder : folders) {
        Files.createDirectories(folder);
      }
      makePrivate();
      OwnDisks.requireThere(this);
      lock.take();
      disks = new Disks(this);
    } catch (FileAlreadyExistsException e) {
      throw unusable(e.getMessage() + " is no folder: move that file away", e);
    } catch (IOException e) {
      if (PassingTrouble.in(e) != null) {
        throw new PassingTrouble(
            "the home %s cannot be used at the moment: %s".formatted(root, e.getMessage()), e);
      }
      for (Path place = root; place != null; place = place.getParent()) {
        if (Files.isRegularFile(place)) {
          throw unusable(place + " is no folder: name another with --home", e);
        }
      }
      throw unusable("this user cannot write there: allow it, or name another with --home", e);
    }
  }

  /**
   * What a link leads to that is not there lies on a disk that is away: a folder in its place would
   * be empty, and one without the ledger would have everything uploaded again.
   */
  private void requireNoLinkToAway(Path folder) throws IOException {
    if (Files.isSymbolicLink(folder) && !Files.exists(folder)) {
      throw new PassingTrouble(
          "the home %s cannot be used at the moment: %s is a link to %s, which is not there: mount that disk, or put the link right"
              .formatted(root, folder, Files.readSymbolicLink(folder)),
          null);
    }
  }

  private ConfigurationMistake unusable(String why, IOException cause) {
    return new ConfigurationMistake(
        "the home %s (mediadrop.home, MEDIADROP_HOME) cannot be used: %s".formatted(root, why),
        cause);
  }

  private void makePrivate() throws IOException {
    if (hasPermissions()) {
      Files.setPosixFilePermissions(data(), PosixFilePermissions.fromString("rwx------"));
    }
  }

  /** Creates a file among the data, unless it is there, which only its owner can read. */
  public void makePrivate(String name) throws IOException {
    Path file = data().resolve(name);
    if (!Files.exists(file)) {
      Files.createFile(file);
    }
    if (hasPermissions()) {
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }
  }

  private boolean hasPermissions() {
    return data().getFileSystem().supportedFileAttributeViews().contains("posix");
  }

  /** The disks that the home lies on. */
  public Disks disks() {
    return disks;
  }

  /** How these were at the last look. */
  public DiskWatch diskWatch() {
    return diskWatch;
  }

  /** The room that there is for what comes to the home. */
  public FreeSpace freeSpace() {
    return freeSpace;
  }

  /** Has what works in the home closed before another process can have it, the last one first. */
  public void closeFirst(Runnable close) {
    closedFirst.push(close);
  }

  /** Lets another process have the home. */
  public void close() throws IOException {
    try {
      while (!closedFirst.isEmpty()) {
        closedFirst.pop().run();
      }
    } finally {
      lock.release();
    }
  }

  /** The home folder itself, absolute. */
  public Path root() {
    return root;
  }

  /** The folder that people put files in. */
  public Path drop() {
    return root.resolve("drop");
  }

  /** The originals that were uploaded, with their receipts. */
  public Path archive() {
    return root.resolve("archive");
  }

  /** The files that were not uploaded, with their reasons. */
  public Path failed() {
    return root.resolve("failed");
  }

  /** The ledger and other things that are nobody's business. */
  public Path data() {
    return root.resolve("data");
  }

  /** The home folder. */
  public void setRoot(String root) {
    this.root = Path.of(root).toAbsolutePath().normalize();
  }

  /** How much room is to stay free, such as {@code 1GiB}. */
  public void setMinFree(String size) {
    freeSpace = new FreeSpace(this, Quantity.bytes(size));
  }
}

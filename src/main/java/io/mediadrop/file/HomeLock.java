package io.mediadrop.file;

import io.mediadrop.base.ConfigurationMistake;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Whether this is the only mediadrop that works in a home. */
class HomeLock {

  /** The homes that are locked in this process, by their real paths. */
  private static final Set<Path> OPEN = ConcurrentHashMap.newKeySet();

  private final Home home;
  private Path locked;
  private FileChannel file;

  HomeLock(Home home) {
    this.home = home;
  }

  /**
   * Locks the home for this process.
   *
   * @throws ConfigurationMistake if another mediadrop runs on it
   */
  void take() throws IOException {
    Path place = home.root().toRealPath();
    // a process that closes any channel of a file loses its lock, so that no second one is opened
    if (!OPEN.add(place)) {
      throw taken();
    }
    locked = place;
    boolean ours = false;
    try {
      file =
          FileChannel.open(
              home.data().resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      home.makePrivate("lock");
      ours = tryLock();
    } finally {
      if (!ours) {
        release();
      }
    }
    if (!ours) {
      throw taken();
    }
  }

  private boolean tryLock() throws IOException {
    try {
      return file.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  private ConfigurationMistake taken() {
    return new ConfigurationMistake(
        "another mediadrop runs on the home "
            + home.root()
            + ": stop it, or give this one its own --home");
  }

  /** Lets another process have the home. */
  void release() throws IOException {
    if (file != null) {
      file.close();
    }
    if (locked != null) {
      OPEN.remove(locked);
      locked = null;
    }
  }
}

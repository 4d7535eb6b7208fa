package io.mediadrop.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * How the disks of a home were at the last look, for whoever asks and must wait for none of them.
 */
public final class DiskWatch {

  /** A look that takes longer will hardly end. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** Looks at the disks. */
  interface Look {

    /** What is wrong with them, or null. */
    String found() throws IOException;
  }

  private final Home home;
  private final Look look;
  private final LongSupplier nanoTime;
  private volatile long began;
  private volatile boolean looking;
  private volatile long free = -1;
  private volatile String trouble;

  DiskWatch(Home home) {
    this.home = home;
    this.look = this::found;
    this.nanoTime = System::nanoTime;
  }

  DiskWatch(Home home, Look look, LongSupplier nanoTime) {
    this.home = home;
    this.look = look;
    this.nanoTime = nanoTime;
  }

  /** Has a look, which may take as long as the slowest disk. */
  public void look() {
    began = nanoTime.getAsLong();
    looking = true;
    try {
      trouble = look.found();
    } catch (IOException e) {
      trouble = "%s cannot be looked at (%s): see to its disk".formatted(home.root(), e);
    } finally {
      looking = false;
    }
  }

  private String found() throws IOException {
    List<Path> folders = List.of(home.root(), home.data(), home.archive(), home.failed());
    if (!home.disks().areThere()) {
      return "the disk of %s or %s is not the one that was there at the start: mount it again"
          .formatted(home.archive(), home.failed());
    }
    long least = Long.MAX_VALUE;
    for (Path folder : folders) {
      least = Math.min(least, FreeSpace.in(folder));
    }
    free = least;
    return folders.stream()
        .filter(folder -> !Files.isWritable(folder))
        .findFirst()
        .map("%s is write-protected: see to its disk, and to the rights of this user"::formatted)
        .orElse(null);
  }

  /** What a person has to do; nothing if all disks answer, are there and can be written. */
  public Optional<String> trouble() {
    return looking && nanoTime.getAsLong() - began > PATIENCE.toNanos()
        ? Optional.of(
            "the disks of %s have not answered for more than %d s: see to them, and to the network between"
                .formatted(home.root(), PATIENCE.toSeconds()))
        : Optional.ofNullable(trouble);
  }

  /** How many bytes were free on the fullest of them; -1 before the first look. */
  public long free() {
    return free;
  }
}

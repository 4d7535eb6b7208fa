package io.mediadrop.source;

import io.mediadrop.base.Printable;
import io.mediadrop.file.FileStamp;
import io.mediadrop.file.SidecarNames;
import io.mediadrop.file.Writers;
import io.mediadrop.file.Writers.Answer;
import io.mediadrop.lane.Lane;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The files of a lane that are quiet, but that somebody has open for writing; says who has. */
class OpenForWriting {

  private static final Logger LOG = LoggerFactory.getLogger("mediadrop.lane");

  /** No event tells that a file was closed. */
  private static final Duration ANOTHER_LOOK = Duration.ofSeconds(1);

  /** Since when, on the clock of {@link System#nanoTime()}; null once a warning was given. */
  private final Map<Path, Long> since = new HashMap<>();

  private final Lane lane;
  private final Writers writers;
  private final Duration patience;

  /** Warns of files that are open for so long without a change. */
  OpenForWriting(Lane lane, Writers writers, Duration patience) {
    this.lane = lane;
    this.writers = writers;
    this.patience = patience;
  }

  /** Whether a file or its sidecar, if it has one, is open for writing, so that both wait. */
  boolean has(Path path, FileStamp stamp, FileStamp sidecar) {
    boolean open = isOpen(path, stamp);
    open |= sidecar != null && isOpen(SidecarNames.of(path), sidecar);
    if (open) {
      lane.hand().hold(path, ANOTHER_LOOK);
    }
    return open;
  }

  private boolean isOpen(Path path, FileStamp stamp) {
    if (writers.of(path, stamp) != Answer.SOMEBODY) {
      since.remove(path);
      return false;
    }
    long now = System.nanoTime();
    if (!since.containsKey(path)) {
      since.put(path, now);
      LOG.info(
          "{} waits until it is closed: {} has it open for writing",
          Printable.of(path),
          writers.holderOf(path, stamp));
    } else if (since.get(path) != null && now - since.get(path) >= patience.toNanos()) {
      since.put(path, null);
      LOG.warn(
          "{} has not changed for long, but {} still has it open for writing: it is taken once it"
              + " is closed there",
          Printable.of(path),
          writers.holderOf(path, stamp));
    }
    return true;
  }

  /** Forgets the files that are not there any more, with their sidecars. */
  void forgetAllBut(Set<Path> present) {
    since
        .keySet()
        .removeIf(
            path ->
                !present.contains(
                    SidecarNames.isSidecar(path.toString()) ? SidecarNames.mediaOf(path) : path));
  }
}

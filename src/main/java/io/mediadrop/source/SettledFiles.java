package io.mediadrop.source;

import io.mediadrop.base.ConfigurationMistake;
import io.mediadrop.file.Strays;
import io.mediadrop.lane.DroppedFile;
import io.mediadrop.lane.Intake;
import io.mediadrop.lane.Lane;
import io.mediadrop.lane.WatchNotes;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files of a folder that are handed over: those whose stamp has stayed the same for the settle
 * time, by our own monotonic clock, so that no file is waited for and no timestamp is trusted.
 * {@link FileChoice} chooses them from what {@link FolderLooks} saw last, and only the chosen ones
 * are looked at again.
 */
class SettledFiles {

  private static final Logger LOG = LoggerFactory.getLogger("mediadrop.lane");

  /** When a file is tried again that could not be handed over. */
  private static final Duration LATER = Duration.ofSeconds(30);

  private final Strays strays = new Strays();
  private final Queue<Path> gone = new ConcurrentLinkedQueue<>();
  private final Lane lane;
  private final DropFolderEndpoint settings;
  private final LaneContext shared;
  private final PollSchedule schedule;
  private final Intake intake;
  private final WatchNotes watchNotes;
  private final Duration poll;
  private FolderLooks looks;
  private FileChoice choice;
  private boolean closed;

  /**
   * The files of a lane's folder.
   *
   * @param settings what the lane's route says
   * @param shared what all lanes work with
   * @param schedule woken when something has become due
   */
  SettledFiles(Lane lane, DropFolderEndpoint settings, LaneContext shared, PollSchedule schedule) {
    this.lane = lane;
    this.settings = settings;
    this.shared = shared;
    this.schedule = schedule;
    intake = shared.intake();
    watchNotes = shared.watchNotes();
    poll = settings.poll();
  }

  /**
   * Makes sure that the lane can do its work in the folder.
   *
   * @throws ConfigurationMistake if it cannot
   */
  void open() {
    FolderRights.require(lane, shared.home());
    watchNotes.take(lane);
    lane.pause().forget();
    looks = new FolderLooks(lane, settings, shared, strays, schedule);
    LastLook lastLook = new LastLook(lane, watchNotes, shared.ignoredNames(), looks);
    choice = new FileChoice(lane, looks, lastLook, shared.rateLimits(), poll);
  }

  /** Listens no more; called when the lane is removed. */
  void close() {
    if (looks != null) {
      looks.close();
    }
    watchNotes.leave(lane);
  }

  /** The files that are to be handed over now; none while the lane takes none. */
  List<Path> next() {
    choice.clear();
    closed = !intake.isOpen() || !lane.takesFiles() || !isOurs() || looks.isDue() && !look();
    return closed ? List.of() : choose();
  }

  private boolean isOurs() {
    return watchNotes.holds(lane)
        || looks.alarm(
            "it is watched by %s by now: stop that one, or give each home a folder of its own"
                .formatted(watchNotes.holderOf(lane)));
  }

  private boolean look() {
    boolean done = looks.make();
    if (done) {
      choice.renew();
    }
    return done;
  }

  private List<Path> choose() {
    for (Path path = gone.poll(); path != null; path = gone.poll()) {
      looks.sightings().forget(path);
    }
    looks.companionRounds().make(strays, looks.sightings().files());
    return choice.make();
  }

  /** What was chosen may not have been handed over. */
  void resume() {
    choice.again();
  }

  /** After a poll: for how many nanoseconds nothing is due. */
  long nanosUntilDue() {
    if (closed) {
      return poll.toNanos();
    }
    long now = System.nanoTime();
    long untilCompanions = Math.max(0, looks.companionRounds().untilNext());
    return Math.min(looks.untilDue(now), Math.min(choice.untilNext(now), untilCompanions));
  }

  /** A file that was let through, as it was seen to have settled. */
  DroppedFile handOver(Path path) {
    Sightings sightings = looks.sightings();
    return new DroppedFile(
        lane,
        path,
        sightings.stampOf(path),
        sightings.unchangedFor(path),
        null,
        sightings.sidecars().stampOf(path));
  }

  /** A worker is done with a file and has room for another, though this one is not put away yet. */
  void putDown(Path path) {
    roomAfter(lane.hand().putDown(path));
  }

  /** Nobody has the file any more; what still lies there is not looked at again at once. */
  void giveBack(Path path) {
    if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      lane.hand().holdUnlessHeld(path, poll);
      schedule.wakeIn(poll.toNanos());
    } else {
      gone.add(path);
      if (looks.companions().any()) {
        schedule.wakeIn(0);
      }
    }
    roomAfter(lane.hand().release(path));
  }

  private void roomAfter(boolean large) {
    if (choice.goesOn(large)) {
      schedule.wakeIn(Math.max(0, choice.untilMore(System.nanoTime())));
    }
  }

  /** The folder could not be looked through, or its files not be handed over. */
  void failed(Throwable cause) {
    LOG.debug("{}: a poll has failed", lane, cause);
    closed = true;
    resume();
    strays.leave(lane.directory(), "its files cannot be handed over: " + cause);
  }

  /** A file could not be handed over; the others are. */
  void failed(Path path, RuntimeException cause) {
    LOG.debug("{}: {} cannot be handed over", lane, path, cause);
    lane.hand().hold(path, LATER);
    strays.leave(path, "it cannot be handed over: " + cause);
  }
}

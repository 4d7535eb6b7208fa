package io.mediadrop.source;

import io.mediadrop.api.pace.RateLimits;
import io.mediadrop.base.ConfigurationMistake;
import io.mediadrop.file.FileStamp;
import io.mediadrop.file.Strays;
import io.mediadrop.lane.DroppedFile;
import io.mediadrop.lane.FilesInHand;
import io.mediadrop.lane.Intake;
import io.mediadrop.lane.Lane;
import io.mediadrop.lane.WatchNotes;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Chooses the files of a folder that are handed over next: those whose stamp has stayed the same
 * for the settle time, by our own monotonic clock, so that no file is waited for and no timestamp
 * is trusted. They are chosen from what {@link FolderLooks} saw last, and only the chosen ones are
 * looked at again.
 */
class SettledFiles {

  private static final Logger LOG = LoggerFactory.getLogger("mediadrop.lane");

  /** Choosing, too, may take its share of a processor and no more. */
  private static final int REST = 10;

  /** When it is asked again whose files are, where that is not known yet. */
  private static final long ANOTHER_LOOK = Duration.ofMillis(500).toNanos();

  private static final long BREATH = Duration.ofMillis(20).toNanos();

  /** When a file is tried again that could not be handed over. */
  private static final Duration LATER = Duration.ofSeconds(30);

  private final Strays strays = new Strays();
  private final Queue<Path> gone = new ConcurrentLinkedQueue<>();
  private final Map<Path, Boolean> ours = new HashMap<>();
  private final Lane lane;
  private final DropFolderEndpoint settings;
  private final DropFolderComponent shared;
  private final PollSchedule schedule;
  private final Intake intake;
  private final WatchNotes watchNotes;
  private final RateLimits rateLimits;
  private final Duration poll;
  private FolderLooks looks;
  private LastLook lastLook;
  private volatile boolean more;
  private volatile boolean moreLarge;
  private volatile boolean atRateLimit;
  private volatile Backlog backlog = new Backlog(0);
  private volatile long restUntil = System.nanoTime();
  private long ordered;
  private boolean closed;
  private long untilSettled;

  /**
   * Chooses among the files of a lane's folder.
   *
   * @param settings what the lane's route says
   * @param shared what the folders of all lanes have in common
   * @param schedule woken when something has become due
   */
  SettledFiles(
      Lane lane, DropFolderEndpoint settings, DropFolderComponent shared, PollSchedule schedule) {
    this.lane = lane;
    this.settings = settings;
    this.shared = shared;
    this.schedule = schedule;
    intake = shared.intake();
    watchNotes = shared.watchNotes();
    rateLimits = shared.rateLimits();
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
    lastLook = new LastLook(lane, watchNotes, shared.ignoredNames(), looks);
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
    more = false;
    moreLarge = false;
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
      ours.clear();
      restUntil = System.nanoTime();
    }
    return done;
  }

  private List<Path> choose() {
    for (Path path = gone.poll(); path != null; path = gone.poll()) {
      looks.sightings().forget(path);
    }
    looks.companionRounds().make(strays, looks.sightings().files());
    FilesInHand hand = lane.hand();
    if (looks.sightings().size() == 0) {
      backlog = new Backlog(0);
      untilSettled = Long.MAX_VALUE;
      return List.of();
    }
    if (System.nanoTime() - restUntil >= 0) {
      order(hand);
    }
    int byRate = rateLimits.newUploads(lane);
    atRateLimit = byRate < hand.room();
    int room = Math.min(byRate, hand.room());
    Sightings.Choice choice = backlog.take(room, hand.roomForLarge(), this::isFree);
    List<Path> chosen = lastLook.at(choice.files());
    choice.stuck().forEach(looks::leaveStuck);
    more = choice.more();
    moreLarge = choice.moreLarge();
    untilSettled = choice.untilNext();
    return chosen;
  }

  private void order(FilesInHand hand) {
    long begun = System.nanoTime();
    ours.clear();
    backlog = looks.sightings().backlog(hand.room(), this::isFree);
    ordered = System.nanoTime();
    restUntil = ordered + Math.max(BREATH, REST * (ordered - begun));
  }

  private boolean isFree(Path file) {
    return lane.hand().isFree(file)
        && (!looks.gate().hasFolders() || ours.computeIfAbsent(file.getParent(), this::isOpen))
        && (!looks.heldBack().listens() || !isHeld(file));
  }

  private boolean isOpen(Path folder) {
    return folder.equals(lane.directory()) || looks.gate().isOpen(looks.below(folder));
  }

  private boolean isHeld(Path file) {
    FileStamp stamp = looks.sightings().stampBefore(file);
    return stamp == null || looks.heldBack().has(looks.below(file), stamp);
  }

  /** After a poll: for how many nanoseconds nothing is due. */
  long nanosUntilDue() {
    if (closed) {
      return poll.toNanos();
    }
    long now = System.nanoTime();
    long untilSettledNow =
        untilSettled == Long.MAX_VALUE ? untilSettled : ordered + untilSettled - now;
    long next = Math.min(untilSettledNow, lane.hand().untilNextFree());
    if (ours.containsValue(false) || looks.heldBack().isUndecided()) {
      // whose the files are may be known soon
      next = Math.min(next, ANOTHER_LOOK);
    }
    long choosing = more && lane.hand().isLow() ? untilMore(now) : Math.max(restUntil - now, next);
    long untilCompanions = Math.max(0, looks.companionRounds().untilNext());
    return Math.min(looks.untilDue(now), Math.min(choosing, untilCompanions));
  }

  private long untilMore(long now) {
    if (atRateLimit) {
      return poll.toNanos();
    }
    return backlog.isEnough() ? 0 : restUntil - now;
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
    } else {
      gone.add(path);
      if (looks.companions().any()) {
        schedule.wakeIn(0);
      }
    }
    roomAfter(lane.hand().release(path));
  }

  private void roomAfter(boolean large) {
    if (more && lane.hand().isLow() || moreLarge && large) {
      schedule.wakeIn(Math.max(0, untilMore(System.nanoTime())));
    }
  }

  /** The folder could not be looked through, or its files not be handed over. */
  void failed(Throwable cause) {
    LOG.debug("{}: a poll has failed", lane, cause);
    closed = true;
    strays.leave(lane.directory(), "its files cannot be handed over: " + cause);
  }

  /** A file could not be handed over; the others are. */
  void failed(Path path, RuntimeException cause) {
    LOG.debug("{}: {} cannot be handed over", lane, path, cause);
    lane.hand().hold(path, LATER);
    strays.leave(path, "it cannot be handed over: " + cause);
  }
}

package io.mediadrop.source;

import io.mediadrop.api.pace.RateLimits;
import io.mediadrop.file.FileStamp;
import io.mediadrop.lane.FilesInHand;
import io.mediadrop.lane.Lane;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which of the settled files that were seen go next, and when it is worth choosing again. They are
 * put in order now and then, since that takes long where there are very many.
 */
class FileChoice {

  /** Choosing may take its share of a processor and no more. */
  private static final int REST = 10;

  /** When it is asked again whose files are, where that is not known yet. */
  private static final long ANOTHER_LOOK = Duration.ofMillis(500).toNanos();

  private static final long BREATH = Duration.ofMillis(20).toNanos();

  private final Map<Path, Boolean> ours = new HashMap<>();
  private final Lane lane;
  private final FolderLooks looks;
  private final LastLook lastLook;
  private final RateLimits rateLimits;
  private final Duration poll;
  private volatile boolean more;
  private volatile boolean moreLarge;
  private volatile boolean atRateLimit;
  private volatile Backlog backlog = new Backlog(0);
  private volatile long restUntil = System.nanoTime();
  private volatile boolean stale = true;
  private long ordered;
  private long untilSettled;

  /**
   * Nothing has been chosen yet.
   *
   * @param looks what was seen last
   * @param poll when it is looked again whether calls may be made
   */
  FileChoice(
      Lane lane, FolderLooks looks, LastLook lastLook, RateLimits rateLimits, Duration poll) {
    this.lane = lane;
    this.looks = looks;
    this.lastLook = lastLook;
    this.rateLimits = rateLimits;
    this.poll = poll;
  }

  /** Until something is chosen there is nothing more to choose from. */
  void clear() {
    more = false;
    moreLarge = false;
  }

  /** All was looked at anew, so that the order may be another one. */
  void renew() {
    ours.clear();
    again();
    restUntil = System.nanoTime();
  }

  /** Those that were chosen may not have gone. */
  void again() {
    stale = true;
  }

  /** The files that go now: the oldest, as many as there is room for. */
  List<Path> make() {
    FilesInHand hand = lane.hand();
    if (looks.sightings().size() == 0) {
      stale = false;
      backlog = new Backlog(0);
      untilSettled = Long.MAX_VALUE;
      return List.of();
    }
    if (isToOrder(hand, System.nanoTime())) {
      order(hand);
    }
    int byRate = rateLimits.newUploads(lane);
    atRateLimit = byRate < hand.room();
    int room = Math.min(byRate, hand.room());
    Sightings.Choice choice = backlog.take(room, hand.roomForLarge(), this::isFree);
    List<Path> chosen = lastLook.at(choice.files());
    // what was touched settles anew, and has its turn then
    stale |= chosen.size() < choice.files().size();
    choice.stuck().forEach(looks::leaveStuck);
    more = choice.more();
    moreLarge = choice.moreLarge();
    untilSettled = choice.untilNext();
    return chosen;
  }

  /** As long as it is known who goes next, nobody has to be found. */
  private boolean isToOrder(FilesInHand hand, long now) {
    return now - restUntil >= 0
        && (stale
            || backlog.isExhausted()
            || hand.hasWaiting()
            || isUndecided()
            || untilSettled != Long.MAX_VALUE && now - ordered >= untilSettled);
  }

  private void order(FilesInHand hand) {
    long begun = System.nanoTime();
    stale = false;
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

  /** For how many nanoseconds there is nothing to choose. */
  long untilNext(long now) {
    long untilSettledNow =
        untilSettled == Long.MAX_VALUE ? untilSettled : ordered + untilSettled - now;
    long next = Math.min(untilSettledNow, lane.hand().untilNextFree());
    if (stale) {
      next = 0;
    } else if (isUndecided()) {
      next = Math.min(next, ANOTHER_LOOK);
    }
    return more && lane.hand().isLow() ? untilMore(now) : Math.max(restUntil - now, next);
  }

  /** Whose the files are may be known soon. */
  private boolean isUndecided() {
    return ours.containsValue(false) || looks.heldBack().isUndecided();
  }

  /** Whether there are others that go now, since there is room again; perhaps for a large one. */
  boolean goesOn(boolean large) {
    return more && lane.hand().isLow() || moreLarge && large;
  }

  /** For how many nanoseconds those others wait. */
  long untilMore(long now) {
    if (atRateLimit) {
      return poll.toNanos();
    }
    return backlog.isEnough() ? 0 : restUntil - now;
  }
}

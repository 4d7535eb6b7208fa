package io.mediadrop.api.pace;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which files the lanes of one connection may begin, in turn. For one thread at a time; all times
 * are in nanoseconds.
 */
final class Admissions {

  /** A file's first calls: without the second one the first is made in vain. */
  static final int FIRST_CALLS = 2;

  /** Files are admitted for the calls of the time until the lane asks again, within these. */
  private static final long LEAST_AHEAD = Duration.ofSeconds(1).toNanos();

  private static final long MOST_AHEAD = Duration.ofSeconds(5).toNanos();

  private final Bucket bucket;
  private final CallQueue queue;
  private final Set<Reservation> reservations = new HashSet<>();
  private final Map<String, Long> asked = new HashMap<>();
  private final Map<String, Long> passedOver = new LinkedHashMap<>();

  Admissions(Bucket bucket, CallQueue queue) {
    this.bucket = bucket;
    this.queue = queue;
  }

  /** How many calls a new file needs at once. */
  int firstCalls() {
    return (int) Math.min(FIRST_CALLS, bucket.allowance().burst());
  }

  /** How many files a lane may begin: now, or until it asks again. */
  int ask(String lane, long now) {
    if (bucket.allowance().isUnlimited()) {
      return bucket.until(1, now) > 0 ? 0 : Integer.MAX_VALUE;
    }
    Long before = asked.put(lane, now);
    long since = before == null ? 0 : now - before;
    double calls = bucket.within(Math.max(LEAST_AHEAD, Math.min(MOST_AHEAD, since)), now);
    int promised = promised(now);
    boolean turn = calls > 0 && promised == 0 && queue.isTurnOfNew();
    double files = (calls - queue.others()) / firstCalls() - promised;
    return inTurn(lane, (int) Math.max(turn ? 1 : 0, files), now);
  }

  /** What the lane gets of so many files: those that were passed over before it get one each. */
  private int inTurn(String lane, int files, long now) {
    forgetOld(now);
    List<String> turns = new ArrayList<>(passedOver.keySet());
    int before = turns.contains(lane) ? turns.indexOf(lane) : turns.size();
    if (files <= before) {
      passedOver.put(lane, now);
      return 0;
    }
    passedOver.remove(lane);
    return files - before;
  }

  /** Whether a file is about to make its first calls, or a lane has asked in vain lately. */
  boolean isAnyWaiting(long now) {
    forgetOld(now);
    return promised(now) > 0 || !passedOver.isEmpty();
  }

  private void forgetOld(long now) {
    passedOver.values().removeIf(at -> now - at > MOST_AHEAD);
  }

  /**
   * How many files have yet to make their first call. One that still waits for its worker after a
   * while is none of them: what keeps it is not the rate.
   */
  private int promised(long now) {
    return (int) reservations.stream().filter(each -> each.isOwed(now - MOST_AHEAD)).count();
  }

  Reservation add(Reservation reservation) {
    reservations.add(reservation);
    return reservation;
  }

  void remove(Reservation reservation) {
    reservations.remove(reservation);
  }

  /** Takes back every call that was drawn and not made, and says how many those were. */
  int letGo() {
    return reservations.stream().mapToInt(Reservation::letGo).sum();
  }
}

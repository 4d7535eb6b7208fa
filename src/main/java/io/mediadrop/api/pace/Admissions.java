package io.mediadrop.api.pace;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * What the lanes of one connection were promised. For one thread at a time; all times are
 * nanoseconds.
 */
final class Admissions {

  /** Files are admitted for the calls of the time until the lane asks again, within these. */
  private static final long LEAST_AHEAD = Duration.ofSeconds(1).toNanos();

  private static final long MOST_AHEAD = Duration.ofSeconds(5).toNanos();

  private final Set<Reservation> reservations = new HashSet<>();
  private final Map<String, Long> asked = new HashMap<>();
  private final Map<String, Long> passedOver = new LinkedHashMap<>();

  /** A lane asks what it may begin; the time that it has to get along with the answer. */
  long ask(String lane, long now) {
    Long before = asked.put(lane, now);
    return before == null ? LEAST_AHEAD : Math.max(LEAST_AHEAD, Math.min(MOST_AHEAD, now - before));
  }

  /** What the lane gets of so many files: those that were passed over before it get one each. */
  int answer(String lane, int files, long now) {
    forgetOld(now);
    int before = 0;
    for (String other : passedOver.keySet()) {
      if (other.equals(lane)) {
        break;
      }
      before++;
    }
    int answer = Math.max(0, files - before);
    if (answer == 0) {
      passedOver.put(lane, now);
    } else {
      passedOver.remove(lane);
    }
    return answer;
  }

  /** Whether a lane has asked in vain lately. */
  boolean isAnyPassedOver(long now) {
    forgetOld(now);
    return !passedOver.isEmpty();
  }

  private void forgetOld(long now) {
    passedOver.values().removeIf(at -> now - at > MOST_AHEAD);
  }

  Reservation add(Reservation reservation) {
    reservations.add(reservation);
    return reservation;
  }

  void remove(Reservation reservation) {
    reservations.remove(reservation);
  }

  /**
   * How many files have yet to make their first call. One that still waits for its worker after a
   * while is none of them: what keeps it is not the rate.
   */
  int promised(long now) {
    return (int)
        reservations.stream()
            .filter(each -> !each.isDrawn() && now - each.since() <= MOST_AHEAD)
            .count();
  }

  /** Takes back every call that was drawn and not made, and says how many those were. */
  int letGo() {
    return reservations.stream().mapToInt(Reservation::letGo).sum();
  }
}

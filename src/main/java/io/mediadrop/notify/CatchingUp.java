package io.mediadrop.notify;

import java.time.Duration;
import java.time.Instant;

/**
 * Whether what one endpoint has not taken is tried before its time, now that the endpoint takes
 * messages again. Each is tried once, and it does not count as one of its attempts. Where none of
 * them is wanted after all, it ends, and begins less and less often.
 */
final class CatchingUp {

  private static final Duration AT_FIRST = Duration.ofSeconds(30);
  private static final Duration AT_MOST = Duration.ofHours(2);

  /** So many refusals in a row tell that what waits is not wanted. */
  private static final int UNWANTED = 8;

  /**
   * How far it has come, in the order of times and rows.
   *
   * @param dueAt milliseconds since the epoch
   */
  record Place(long dueAt, long seq) {}

  private static final Place START = new Place(0, 0);

  private Place place = START;
  private boolean wanted;
  private boolean begun;
  private int refusals;
  private Duration pause = AT_FIRST;
  private Instant notBefore = Instant.EPOCH;

  /** An outage has ended with this delivery. */
  void endpointIsBack(Delivery delivery) {
    wanted = true;
    if (delivery.untold().attempts() > 0) {
      // what has waited is taken, so the others may be, too
      pause = AT_FIRST;
      notBefore = Instant.EPOCH;
    }
  }

  /** Where it goes on now; null if nothing is tried before its time. */
  Place place(Instant now) {
    if (!begun && wanted && !now.isBefore(notBefore)) {
      begun = true;
      wanted = false;
      refusals = 0;
    }
    return begun ? place : null;
  }

  /** These are about to be tried. */
  void goesOn(Place last) {
    place = last;
  }

  /** There is nothing more to try. */
  void isDone(Instant now) {
    place = START;
    end(now);
  }

  void took(Delivery delivery) {
    if (delivery.isEarly()) {
      refusals = 0;
      pause = AT_FIRST;
    }
  }

  void refused(Delivery delivery, Instant now) {
    if (begun && delivery.isEarly() && ++refusals == UNWANTED) {
      end(now);
    }
  }

  private void end(Instant now) {
    begun = false;
    notBefore = now.plus(pause);
    pause = pause.compareTo(AT_MOST) < 0 ? pause.multipliedBy(2) : AT_MOST;
  }
}

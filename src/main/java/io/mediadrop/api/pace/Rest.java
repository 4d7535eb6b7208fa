package io.mediadrop.api.pace;

import io.mediadrop.drop.NotNow;
import io.mediadrop.lane.Place;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;

/** How long the API asks a connection to be left alone that nothing else limits. */
final class Rest {

  /** A longer wait is spent in the ledger, where it holds no worker. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  /** How often one who waits looks whether it still makes sense. */
  private static final Duration LOOK = Duration.ofMillis(200);

  private record Asked(Duration time, long at) {}

  private final AtomicReference<Asked> asked =
      new AtomicReference<>(new Asked(Duration.ZERO, System.nanoTime()));

  /** The API has asked for this time from now on. */
  void ask(Duration time) {
    asked.updateAndGet(
        before -> leftOf(before).compareTo(time) < 0 ? new Asked(time, System.nanoTime()) : before);
  }

  /** What is left of it; zero if nothing is. */
  Duration left() {
    return leftOf(asked.get());
  }

  private static Duration leftOf(Asked asked) {
    Duration left = asked.time().minusNanos(System.nanoTime() - asked.at());
    return left.isNegative() ? Duration.ZERO : left;
  }

  /**
   * Returns once a call may be made.
   *
   * @param goesOn whether it makes sense to begin something new
   * @param wait begun if the call cannot be made at once
   * @throws NotNow if it would hold the worker for too long
   */
  void await(Priority priority, BooleanSupplier goesOn, Place.Wait wait)
      throws InterruptedException, NotNow {
    for (Duration left = left(); !left.isZero(); left = left()) {
      if (left.compareTo(PATIENCE) > 0 && priority.canWait()) {
        throw new NotNow("the time that the API asks for", left);
      }
      if (priority.isNew() && !goesOn.getAsBoolean()) {
        throw new NotNow("that files are taken again", Duration.ZERO);
      }
      wait.begin();
      Thread.sleep(Math.min(left.toMillis() + 1, LOOK.toMillis()));
    }
  }
}

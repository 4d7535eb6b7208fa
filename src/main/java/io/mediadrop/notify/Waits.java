package io.mediadrop.notify;

import io.mediadrop.base.ConfigurationMistake;
import io.mediadrop.base.Quantity;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;

/** How long a delivery that failed waits before it is tried again. */
class Waits {

  /** A tenth of the wait at most is added, so that not everything is tried in one moment. */
  private static final int JITTER = 10;

  private final List<Duration> times;

  /** The waits, one after the other, separated by commas. */
  Waits(String list) {
    try {
      times = Stream.of(list.trim().split("[\\s,]+")).map(Quantity::time).toList();
    } catch (IllegalArgumentException e) {
      throw new ConfigurationMistake(
          "mediadrop.outbox.waits (MEDIADROP_OUTBOX_WAITS): " + e.getMessage(), e);
    }
  }

  /** The wait after so many failed attempts; none if it is not to be tried any more. */
  Optional<Duration> after(int attempts) {
    return attempts > times.size()
        ? Optional.empty()
        : Optional.of(withJitter(times.get(Math.max(0, attempts - 1))));
  }

  private static Duration withJitter(Duration time) {
    return time.plusMillis(ThreadLocalRandom.current().nextLong(time.toMillis() / JITTER + 1));
  }

  static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) > 0 ? one : other;
  }
}

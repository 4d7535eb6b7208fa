package io.mediadrop.ledger;

import io.mediadrop.drop.Drop;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/** What became of each lane's files since the start; counting costs a file next to nothing. */
public final class Tallies {

  /** What became of the files of one lane. */
  public static final class Tally {

    private final LongAdder uploaded = new LongAdder();
    private final LongAdder bytes = new LongAdder();
    private final LongAdder duplicates = new LongAdder();
    private final LongAdder failed = new LongAdder();

    /** Files that the API has, and the ledger knows it. */
    public long uploaded() {
      return uploaded.sum();
    }

    /** The bytes of these. */
    public long bytes() {
      return bytes.sum();
    }

    /** Files that were not sent, because the connection has their content. */
    public long duplicates() {
      return duplicates.sum();
    }

    /** Files that are not uploaded, as the ledger knows. */
    public long failed() {
      return failed.sum();
    }
  }

  private final Map<String, Tally> byLane = new ConcurrentHashMap<>();
  private volatile Consumer<Duration> times = time -> {};

  /** What became of the files of a lane. */
  public Tally of(String lane) {
    return byLane.computeIfAbsent(lane, name -> new Tally());
  }

  /** Has somebody told of each upload how long it took, from the drop until the API had it all. */
  public void tellTimes(Consumer<Duration> listener) {
    times = listener;
  }

  void uploaded(Drop drop) {
    Tally tally = of(drop.lane());
    tally.uploaded.increment();
    tally.bytes.add(drop.size());
  }

  void duplicate(Drop drop) {
    of(drop.lane()).duplicates.increment();
  }

  void failed(Drop drop) {
    of(drop.lane()).failed.increment();
  }

  /**
   * An upload has ended.
   *
   * @param dropped when the file came to lie where it was taken, nanoseconds since the epoch; 0
   *     where the platform does not say
   * @param now milliseconds since the epoch
   */
  void took(long dropped, long now) {
    if (dropped > 0) {
      Duration time = Duration.ofMillis(now).minusNanos(dropped);
      times.accept(time.isNegative() ? Duration.ZERO : time);
    }
  }
}

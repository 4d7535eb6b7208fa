package io.mediadrop.ledger;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A wall clock that is set back and forth by hand. */
public final class SteppingClock extends Clock {

  private volatile Duration offset = Duration.ZERO;

  /** Sets it forward, or back where the time is negative. */
  public void step(Duration time) {
    offset = offset.plus(time);
  }

  @Override
  public Instant instant() {
    return Instant.now().plus(offset);
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return this;
  }
}

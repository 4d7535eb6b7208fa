package io.mediadrop.api;

import java.time.Duration;

/** Whether the API has lately answered anybody sensibly. */
public class ApiHealth {

  private volatile long answeredAt = System.nanoTime();

  void answered() {
    answeredAt = System.nanoTime();
  }

  /** Whether any call, of any lane, was answered within this time, if only by a refusal. */
  public boolean hasAnsweredWithin(Duration time) {
    return System.nanoTime() - answeredAt < time.toNanos();
  }
}

package io.mediadrop.drop;

import java.time.Duration;

/** The drop has to wait for something that is no failure of its own. */
public class NotNow extends Exception {

  private static final long serialVersionUID = 1L;

  private final Duration wait;

  /** Says what is waited for, and for how long at first. */
  public NotNow(String waitedFor, Duration wait) {
    super(waitedFor);
    this.wait = wait;
  }

  /** When to look again. */
  public Duration duration() {
    return wait;
  }
}

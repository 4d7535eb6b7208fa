package io.mediadrop.ledger;

import io.mediadrop.drop.NotNow;
import java.time.Duration;

/** The file may still be written to, or is not whole so far. */
public class Unfinished extends NotNow {

  private static final long serialVersionUID = 1L;

  private final Duration patience;

  /**
   * Says what is waited for.
   *
   * @param wait when to look again
   * @param patience how long it may stay like this until it fails
   */
  public Unfinished(String waitedFor, Duration wait, Duration patience) {
    super(waitedFor, wait);
    this.patience = patience;
  }

  /** How long it may stay like this until it fails. */
  public Duration patience() {
    return patience;
  }
}

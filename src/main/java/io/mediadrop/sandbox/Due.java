package io.mediadrop.sandbox;

import java.time.Duration;

/**
 * When something about a medium comes true.
 *
 * @param polls after so many listings or checks that concerned the medium
 * @param after not before this long after the upload
 * @param onUse not before a post or message has used the upload
 */
public record Due(int polls, Duration after, boolean onUse) {

  public static Due atOnce() {
    return new Due(0, Duration.ZERO, false);
  }

  public static Due afterPolls(int polls) {
    return new Due(polls, Duration.ZERO, false);
  }

  public static Due after(Duration delay) {
    return new Due(0, delay, false);
  }

  /** When a post or message uses the upload, or at once if init asked for {@code vaultUpload}. */
  public static Due onceUsed() {
    return new Due(0, Duration.ZERO, true);
  }

  public static Due never() {
    return new Due(Integer.MAX_VALUE, Duration.ZERO, false);
  }

  boolean hasCome(int polled, Duration age, boolean used) {
    return polled >= polls && age.compareTo(after) >= 0 && (used || !onUse);
  }
}

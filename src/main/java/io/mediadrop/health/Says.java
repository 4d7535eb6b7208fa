package io.mediadrop.health;

import java.time.Duration;

/** Words that several checks use. */
final class Says {

  /** What happens once a trouble is over. */
  static final String GOES_ON = "; then files are taken again by themselves";

  private Says() {}

  /** A time in its largest unit, such as {@code 3 h}. */
  static String time(Duration time) {
    if (time.toDays() > 1) {
      return time.toDays() + " days";
    }
    if (time.toHours() > 1) {
      return time.toHours() + " h";
    }
    return time.toMinutes() > 1 ? time.toMinutes() + " min" : time.toSeconds() + " s";
  }
}

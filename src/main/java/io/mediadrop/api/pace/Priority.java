package io.mediadrop.api.pace;

import io.mediadrop.drop.Drop;
import io.mediadrop.drop.DropState;

/** What a call is worth when there are not enough for all, the most urgent first. */
enum Priority {
  /** Ends an upload, or asks whether it has ended. */
  ENDING,
  /** Goes on with an upload that was begun. */
  PART,
  /** Begins an upload. */
  NEW,
  /** Asks whether a paused lane may go on. */
  PROBE,
  /** Asks what the API has made of an upload that has ended. */
  FOLLOW_UP;

  /** What the next call for this drop is worth; it is a probe where there is no drop. */
  static Priority of(Drop drop) {
    if (drop == null) {
      return PROBE;
    }
    if (drop.state() == DropState.FILED) {
      return FOLLOW_UP;
    }
    if (drop.isInDoubt()) {
      return ENDING;
    }
    return drop.plan() == null ? NEW : PART;
  }

  /** Whether its bytes are neither at the API nor ready to go, so that it can be put off. */
  boolean canWait() {
    return this != ENDING;
  }

  /** Whether nothing was begun yet that it would go on with. */
  boolean isNew() {
    return this == NEW || this == PROBE;
  }
}

package io.mediadrop.readiness;

import io.mediadrop.lane.Intake;
import io.mediadrop.lane.Lane;
import java.time.Duration;

/** One lane's turn of asking about its uploads, which ends early so that the others get theirs. */
public class Turn {

  private static final long LONGEST = Duration.ofSeconds(5).toNanos();

  private final Lane lane;
  private final Intake intake;
  private final VaultListing listing = new VaultListing();
  private long begunAt;
  private boolean begun;
  private boolean over;

  Turn(Lane lane, Intake intake) {
    this.lane = lane;
    this.intake = intake;
  }

  /** Whose turn it is. */
  Lane lane() {
    return lane;
  }

  /** What was seen of the connection's most recent media in this turn. */
  VaultListing listing() {
    return listing;
  }

  /** It begins with the first upload that is asked about. */
  void begin() {
    if (!begun) {
      begun = true;
      begunAt = System.nanoTime();
    }
  }

  /** Whether a further upload may be asked about. */
  boolean goesOn() {
    return !over && intake.isOpen() && lane.takesFiles() && System.nanoTime() - begunAt < LONGEST;
  }

  /** Leaves the lane's other uploads to a later turn. */
  void end() {
    over = true;
  }
}

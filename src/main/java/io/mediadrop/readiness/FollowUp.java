package io.mediadrop.readiness;

import com.fasterxml.jackson.databind.JsonNode;
import io.mediadrop.drop.Awaited;
import io.mediadrop.drop.Drop;
import io.mediadrop.drop.Uploaded;
import io.mediadrop.lane.Lane;

/**
 * An upload that is asked about, in its lane's turn.
 *
 * @param turn the lane's
 * @param awaited what is waited for
 * @param drop that was uploaded; null before the ledger was asked
 * @param uploaded what is known of it; null before that
 * @param media as far as the API has told of it by now; a missing node if it has not
 */
public record FollowUp(Turn turn, Awaited awaited, Drop drop, Uploaded uploaded, JsonNode media) {

  /** Whether it may be asked about in this turn. */
  public boolean goesOn() {
    return turn.goesOn();
  }

  Lane lane() {
    return turn.lane();
  }

  FollowUp with(JsonNode told) {
    return new FollowUp(turn, awaited, drop, uploaded, told);
  }
}

package io.mediadrop.delivery;

import io.mediadrop.api.CallFailed;
import io.mediadrop.api.Verdict;
import io.mediadrop.drop.Drop;
import io.mediadrop.lane.Lane;

/** Whether a failure is no matter of its file alone: then the lanes that it concerns pause. */
public final class SharedFailures {

  private final Pauses pauses;

  /** Has these lanes paused. */
  public SharedFailures(Pauses pauses) {
    this.pauses = pauses;
  }

  /** Pauses the lanes that cannot upload either; false if it is a matter of this file alone. */
  public boolean pause(Drop drop, Lane lane, Exception failure) {
    Verdict verdict = Verdict.on(failure);
    // nobody asked for anything by its id yet, so that it is the address that is not found
    boolean strange = verdict == Verdict.SESSION_GONE && drop.plan() == null && isUntyped(failure);
    return switch (strange ? Verdict.WRONG_ADDRESS : verdict) {
      case LANE_REFUSED ->
          pause(
              lane,
              failure,
              Pauses.Scope.LANE,
              "Let the API's account of lane " + lane + " upload, or change the lane's key.");
      case WRONG_ADDRESS ->
          pause(
              lane,
              failure,
              Pauses.Scope.ADDRESS,
              "Check mediadrop.api.base-url: what answers there is not the API, or a gateway or the"
                  + " login page of a network stands before it.");
      case PROXY_REFUSED ->
          pause(
              lane,
              failure,
              Pauses.Scope.ADDRESS,
              "Write the proxy's user and password into MEDIADROP_HTTP_PROXY, or as"
                  + " mediadrop.http.proxy into secrets.properties, and start mediadrop again; or have"
                  + " whoever runs the proxy let it through, and the lanes go on by themselves.");
      case WRONG_KEY ->
          pause(
              lane,
              failure,
              Pauses.Scope.KEY,
              lane.hasOwnApiKey()
                  ? "Correct the lane's apiKey in the lane's file, or touch that file if the key"
                      + " stands elsewhere."
                  : "Check mediadrop.api.key (MEDIADROP_API_KEY) and start mediadrop again.");
      case CONNECTION_EXPIRED ->
          pause(
              lane,
              failure,
              Pauses.Scope.CONNECTION,
              "Let the creator log in again through the API's Link page; or, if the connection id of"
                  + " lane "
                  + lane
                  + " is mistyped, correct it, and then move the files out of the folder and, a"
                  + " minute later, in again.");
      default -> false;
    };
  }

  /** Pauses the lane if too many of its files in a row were refused alike, this one included. */
  boolean pauseAfterTooMany(Lane lane, Exception failure) {
    return pauses.isSystematic(lane, failure.getClass() + typeOf(failure))
        && pause(
            lane,
            failure,
            Pauses.Scope.LANE,
            "Ten files in a row were refused alike: see failed/"
                + lane
                + " and put right what they have in common, then delete PAUSED.txt.");
  }

  private boolean pause(Lane lane, Exception failure, Pauses.Scope scope, String remedy) {
    String message = FailureReasons.said(failure);
    pauses.pause(
        lane, scope, message.substring(0, 1).toUpperCase() + message.substring(1) + ".", remedy);
    return true;
  }

  private static String typeOf(Exception failure) {
    return failure instanceof CallFailed call ? call.status() + call.type() : "";
  }

  private static boolean isUntyped(Exception failure) {
    return failure instanceof CallFailed call && call.type().isEmpty();
  }
}

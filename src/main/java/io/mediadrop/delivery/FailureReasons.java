package io.mediadrop.delivery;

import io.mediadrop.api.CallFailed;
import io.mediadrop.api.PlanRefused;
import io.mediadrop.api.PlanTooLarge;
import io.mediadrop.base.Printable;
import io.mediadrop.drop.NotAccepted;
import io.mediadrop.drop.Reason;
import java.nio.file.AccessDeniedException;

/** Puts failures into words for the person who dropped the file. */
final class FailureReasons {

  private FailureReasons() {}

  /** Why a file was given up after this failure. */
  static Reason of(Exception failure) {
    if (failure instanceof NotAccepted refused) {
      return refused.reason();
    }
    if (failure instanceof PlanRefused || failure instanceof PlanTooLarge) {
      return new Reason(
          failure.getMessage() + ".",
          "the API's, or of whatever stands between it and mediadrop",
          "check mediadrop.api.base-url and mediadrop.api.trusted-origins, then retry");
    }
    if (failure instanceof AccessDeniedException) {
      return new Reason(
          "mediadrop may not read the file: permission denied.",
          "the permissions of the file",
          "let the user that mediadrop runs as read it, then retry");
    }
    if (failure instanceof CallFailed call) {
      return ofAnswer(call);
    }
    return new Reason(
        "It could not be uploaded: " + failure.getMessage() + ".",
        "unclear",
        "look into the log of mediadrop, then retry");
  }

  /** What a failure says, which may come from outside, on one harmless line. */
  static String said(Exception failure) {
    return Printable.of(String.valueOf(failure.getMessage()));
  }

  private static Reason ofAnswer(CallFailed call) {
    String said = "T" + call.getMessage().substring(1) + ".";
    return switch (call.status()) {
      case 413 ->
          new Reason(
              said,
              "the file's: it is too large for the API, or for what stands before it",
              "make it smaller or raise that limit, then retry");
      case 415 ->
          new Reason(said, "the file's: its kind is not taken", "export it in another format");
      case 400, 422 ->
          new Reason(
              said,
              "the file's, as the API sees it",
              "check that the file opens and is of a kind that the API takes, then retry");
      default ->
          new Reason(
              said, "not the file's, as far as can be seen", "ask the API's support, then retry");
    };
  }

  /** Why a file was given up although each failure might have passed. */
  static Reason givenUp(int attempts, Exception last) {
    return new Reason(
        "It failed %d times, the last time because %s.".formatted(attempts, last.getMessage()),
        "the API's or the network's, as far as can be seen",
        "retry when the API works again; ask its support if it does and the file still fails");
  }
}

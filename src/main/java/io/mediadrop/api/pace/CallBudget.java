package io.mediadrop.api.pace;

/**
 * When a connection may make how many calls, by the settings and by what the API says. Works
 * without the API's headers as well; a refusal alone sets it right. For one thread at a time.
 */
final class CallBudget {

  private final Tokens tokens;
  private final Refusals refusals = new Refusals();
  private Allowance allowance;

  CallBudget(Allowance allowance, double level, long now) {
    this.allowance = allowance;
    tokens = new Tokens(allowance, level, now);
  }

  void allow(Allowance changed, long now) {
    tokens.allow(changed, now);
    allowance = changed;
  }

  /** The calls that may be made within this time, counted from now and not rounded. */
  double within(long nanos, long now) {
    return refusals.closedFor(now) > nanos ? 0 : tokens.level(now) + tokens.gainedIn(nanos);
  }

  /** When so many calls may be made, in nanoseconds from now. */
  long until(int calls, long now) {
    return allowance.isUnlimited()
        ? 0
        : Math.max(refusals.closedFor(now), tokens.until(calls, now));
  }

  /** The time in which so many calls come back, in nanoseconds. */
  long timeFor(int calls) {
    return Math.round(calls / tokens.gainedIn(1));
  }

  Tokens tokens() {
    return tokens;
  }

  /** A call got an answer; false if it was refused, so that calls drawn already are in vain. */
  boolean answered(Tokens.Sent call, RateHeaders answer, long now) {
    if (answer.refused()) {
      tokens.empty(now);
      refusals.add(call.drawn(), tokens.drawn(), answer, timeFor(1), now);
    } else {
      refusals.wentWell(call.drawn());
    }
    believe(call, answer, now);
    return !answer.refused();
  }

  private void believe(Tokens.Sent call, RateHeaders answer, long now) {
    boolean raise = refusals.isOver(call.drawn());
    if (answer.remaining() >= 0) {
      tokens.correct(call, answer.remaining(), raise, now);
    } else if (!answer.reset().isZero()) {
      // in whole seconds, and by our own idea of the limit: good enough to call less, not more
      double missing = tokens.gainedIn(answer.reset().minusSeconds(1).toNanos());
      tokens.correct(call, allowance.burst() - missing, false, now);
    }
  }
}

package io.mediadrop.api.pace;

/**
 * The calls that a connection may make now, as far as can be known here: never more than the
 * settings grant, and never more than the API has left. Works without the API's headers as well; a
 * refusal alone sets it right. For one thread at a time; all times are in nanoseconds.
 */
final class Bucket {

  /** What was known when a call was sent, to judge by what its answer says is left. */
  record Sent(long at, int underWay, long drawn) {}

  private final Refusals refusals = new Refusals();
  private Allowance allowance;
  private double level;
  private double granted;
  private long filledAt;
  private int underWay;
  private long drawn;

  /** So many calls are left of a burst that is never exceeded. */
  Bucket(Allowance allowance, double level, long now) {
    this.allowance = allowance;
    granted = allowance.burst();
    this.level = Math.min(level, granted);
    filledAt = now;
  }

  Allowance allowance() {
    return allowance;
  }

  void allow(Allowance changed, long now) {
    fill(now);
    if (allowance.isUnlimited()) {
      // nobody has counted
      level = 0;
    }
    allowance = changed;
  }

  /**
   * The calls that may be made now; below zero where more were made than there should have been.
   */
  double level(long now) {
    fill(now);
    return level;
  }

  /** The calls that may be made within this time, counted from now and not rounded. */
  double within(long time, long now) {
    return refusals.closedFor(now) > time ? 0 : level(now) + gainedIn(time);
  }

  /** When so many calls may be made, counted from now. */
  long until(int calls, long now) {
    long closed = refusals.closedFor(now);
    return allowance.isUnlimited()
        ? closed
        : Math.max(closed, (long) Math.ceil((calls - level(now)) / gainedIn(1)));
  }

  /** The time in which so many calls come back. */
  long timeFor(int calls) {
    return allowance.isUnlimited() ? 0 : Math.round(calls / gainedIn(1));
  }

  private double gainedIn(long time) {
    return time * allowance.perMinute() / Allowance.MINUTE;
  }

  /**
   * Nothing comes back for a call under way: the API may not have counted it yet, and its own
   * bucket, while it is full, wins nothing.
   */
  private void fill(long now) {
    double burst = allowance.burst();
    double gained = gainedIn(now - filledAt);
    granted = Math.min(burst, granted + gained);
    double most = Math.max(Math.min(2, burst), burst - underWay);
    level = Math.min(granted, Math.min(most, level + gained));
    filledAt = now;
  }

  /** Takes calls that are about to be made. */
  void draw(int calls) {
    level -= calls;
    granted -= calls;
    underWay += calls;
    drawn += calls;
  }

  /** Puts calls back that were not made. */
  void giveBack(int calls) {
    level += calls;
    granted += calls;
    underWay -= calls;
  }

  /** Forgets calls that will not be made. */
  void lose(int calls) {
    underWay -= calls;
  }

  Sent sent(long now) {
    return new Sent(now, underWay - 1, drawn);
  }

  /** How many were ever drawn, by which it can be told what was sent before what. */
  long drawn() {
    return drawn;
  }

  /** A call has come to an end; the answer is null where there was none. */
  void ended(Sent call, RateHeaders answer, long now) {
    fill(now);
    underWay--;
    if (answer == null) {
      return;
    }
    if (answer.refused()) {
      level = Math.min(level, 0);
      refusals.add(call.drawn(), drawn, answer, timeFor(1), now);
    } else {
      refusals.wentWell(call.drawn());
    }
    believe(call, answer);
  }

  private void believe(Sent call, RateHeaders answer) {
    if (answer.remaining() >= 0) {
      correct(call, answer.remaining(), refusals.isOver(call.drawn()));
    } else if (!answer.reset().isZero()) {
      // in whole seconds, and by our own idea of the limit: good enough to call less, not more
      double missing = gainedIn(answer.reset().minusSeconds(1).toNanos());
      correct(call, allowance.burst() - missing, false);
    }
  }

  /**
   * Believes the API, which said that so many were left when it took the call. Answers may come in
   * any order: what was under way beside the call may be counted in that, or not.
   */
  private void correct(Sent call, double remaining, boolean upwards) {
    long others = call.underWay() + drawn - call.drawn();
    // one less: some count the call itself only after they have told what is left
    double least = remaining - 1 - others;
    double most = remaining + 1 + gainedIn(filledAt - call.at());
    if (level > most || (upwards && level < least)) {
      level = Math.min(granted, least);
    }
  }
}

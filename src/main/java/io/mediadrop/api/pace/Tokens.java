package io.mediadrop.api.pace;

import java.time.Duration;

/**
 * The calls that a connection may make now, as far as can be known here: never more than the API
 * has left, and never more than the settings grant. All times are nanoseconds of a clock that
 * nobody sets. For one thread at a time.
 */
final class Tokens {

  private static final double NANOS_PER_MINUTE = Duration.ofMinutes(1).toNanos();

  /** What was known when a call was sent, to judge by what its answer says is left. */
  record Sent(long at, int underWay, long drawn) {}

  private double perNano;
  private double burst;
  private double level;
  private double granted;
  private long filledAt;
  private int underWay;
  private long drawn;

  /** So many are left of a burst that is never exceeded. */
  Tokens(Allowance allowance, double level, long now) {
    burst = allowance.burst();
    perNano = allowance.perMinute() / NANOS_PER_MINUTE;
    granted = burst;
    this.level = Math.min(level, granted);
    filledAt = now;
  }

  void allow(Allowance allowance, long now) {
    fill(now);
    perNano = allowance.perMinute() / NANOS_PER_MINUTE;
    burst = allowance.burst();
  }

  /**
   * The calls that may be made now; below zero where more were made than there should have been.
   */
  double level(long now) {
    fill(now);
    return level;
  }

  /** How many come back in this time. */
  double gainedIn(long nanos) {
    return nanos * perNano;
  }

  /** When there will be so many, in nanoseconds from now. */
  long until(int calls, long now) {
    return Math.max(0, (long) Math.ceil((calls - level(now)) / perNano));
  }

  /**
   * Nothing comes back for a call under way: the API may not have counted it yet, and its own
   * bucket, while it is full, wins nothing.
   */
  private void fill(long now) {
    double gained = gainedIn(now - filledAt);
    granted = Math.min(burst, granted + gained);
    level = Math.min(Math.max(Math.min(2, burst), burst - underWay), level + gained);
    level = Math.min(level, granted);
    filledAt = now;
  }

  /** Takes tokens for calls that are about to be sent. */
  void draw(int calls) {
    level -= calls;
    granted -= calls;
    underWay += calls;
    drawn += calls;
  }

  /** Puts tokens back that no call was sent for. */
  void giveBack(int calls) {
    level += calls;
    granted += calls;
    underWay -= calls;
  }

  /** Forgets tokens that no call will be sent for. */
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

  /** A call has ended, whatever became of it. */
  void ended(long now) {
    fill(now);
    underWay--;
  }

  /**
   * Believes the API, which said that so many were left when it took the call. Answers may come in
   * any order: what was under way beside the call may be counted in that, or not.
   *
   * @param raise whether it is believed where it has more than is known here
   */
  void correct(Sent call, double remaining, boolean raise, long now) {
    long others = call.underWay() + drawn - call.drawn();
    // one less: some count the call itself only after they have told what is left
    double least = remaining - 1 - others;
    double most = remaining + 1 + gainedIn(now - call.at());
    if (level(now) > most || (raise && level < least)) {
      level = Math.min(granted, least);
    }
  }

  /** The API has refused a call: nothing is left. */
  void empty(long now) {
    level = Math.min(level(now), 0);
  }
}

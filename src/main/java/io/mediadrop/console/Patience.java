package io.mediadrop.console;

import java.time.Duration;

/**
 * How long a client has let us wait. A limit of his socket would count anew with each byte, and
 * there is none for what is written.
 */
final class Patience {

  /**
   * So long may a client take to begin a request, to send it, and to take a piece of the answer.
   */
  static final Duration LONGEST = Duration.ofSeconds(10);

  /** Who takes his answer is not sent away for somebody else before. */
  private static final Duration GRACE = Duration.ofSeconds(1);

  private enum Turn {
    /** The client is to send something. */
    TO_ASK,
    /** It is ours. */
    OURS,
    /** The client is to take something. */
    TO_TAKE
  }

  private volatile Turn turn = Turn.TO_ASK;
  private volatile long since = System.nanoTime();

  /** The client is to send a request, or the rest of it. */
  void ask() {
    begin(Turn.TO_ASK);
  }

  /** The client waits for us. */
  void answer() {
    begin(Turn.OURS);
  }

  /** The client is to take what is written next. */
  void take() {
    begin(Turn.TO_TAKE);
  }

  private void begin(Turn next) {
    since = System.nanoTime();
    turn = next;
  }

  /** When this turn began, by the machine's own count. */
  long since() {
    return since;
  }

  /** Whether it is over. */
  boolean isOver() {
    return turn != Turn.OURS && age() > LONGEST.toNanos();
  }

  /** Whether somebody else may have it. */
  boolean mayGoToOthers() {
    return turn == Turn.TO_ASK || turn == Turn.TO_TAKE && age() > GRACE.toNanos();
  }

  private long age() {
    return System.nanoTime() - since;
  }
}

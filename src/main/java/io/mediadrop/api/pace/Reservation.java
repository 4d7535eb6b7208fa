package io.mediadrop.api.pace;

/** The first two calls of a file, kept for it from when it is admitted until it is put away. */
public final class Reservation {

  private final RateLimit limit;
  private final long since;
  private boolean drawn;
  private int held;

  Reservation(RateLimit limit, long since) {
    this.limit = limit;
    this.since = since;
  }

  long since() {
    return since;
  }

  /** Whether the file has got its calls, so that they need not be reckoned with any more. */
  boolean isDrawn() {
    return drawn;
  }

  /** The file has got its calls; so many of them it may make without asking again. */
  void draw(int more) {
    drawn = true;
    held = more;
  }

  /** Makes one of the calls that are held; false if there is none. */
  boolean use() {
    if (held == 0) {
      return false;
    }
    held--;
    return true;
  }

  /** Gives up the calls that are held, and says how many those were. */
  int letGo() {
    int were = held;
    held = 0;
    return were;
  }

  /** The file needs no more calls: what it has not made others may make. */
  public void end() {
    limit.release(this);
  }
}

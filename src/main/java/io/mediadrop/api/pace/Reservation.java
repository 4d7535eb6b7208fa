package io.mediadrop.api.pace;

/** The first calls of a file, kept for it from when it is admitted until it is put away. */
public final class Reservation {

  private final RateLimit limit;
  private final long since;
  private boolean drawn;
  private int held;

  Reservation(RateLimit limit, long since) {
    this.limit = limit;
    this.since = since;
  }

  /** Whether the file was admitted since then and has got no call, for which some are kept. */
  boolean isOwed(long then) {
    return !drawn && since - then >= 0;
  }

  /** The file has got its calls; so many of them it may make without asking again. */
  void draw(int more) {
    drawn = true;
    held = more;
  }

  /** Makes one of the calls that are held; false if there is none. */
  boolean use() {
    return held > 0 && held-- > 0;
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

package io.mediadrop.lane;

/**
 * The place of one file among those that are uploaded at once. It is given back while nothing of
 * the file moves, and taken again when something does.
 */
public final class Place {

  private final Places places;
  private int calls;
  private int waits;
  private int rests;
  private boolean aside;
  private boolean ended;

  /** A wait between two calls, which need not happen. */
  public static final class Wait implements AutoCloseable {

    private final Place place;
    private boolean begun;

    /** A wait of a file that has this place; null if it has none. */
    public Wait(Place place) {
      this.place = place;
    }

    /** It happens; the place is others' meanwhile. */
    public void begin() {
      if (place != null && !begun) {
        begun = true;
        place.await();
      }
    }

    /** Ends it. */
    @Override
    public void close() {
      if (begun) {
        place.goOn();
      }
    }
  }

  Place(Places places) {
    this.places = places;
  }

  /** A thread of the file waits between two calls. */
  void await() {
    synchronized (places) {
      waits++;
      stepAside();
    }
  }

  /** A thread has waited long enough. What was begun goes before what was not. */
  void goOn() {
    synchronized (places) {
      waits--;
      comeBack();
    }
  }

  /** A thread rests until its next call. */
  public void rest() {
    synchronized (places) {
      rests++;
      await();
    }
  }

  /** A thread makes a call. */
  public void call() {
    synchronized (places) {
      if (rests > 0) {
        rests--;
        waits--;
      }
      comeBack();
      calls++;
    }
  }

  /** The call has come to an end. */
  public void answered() {
    synchronized (places) {
      calls--;
    }
  }

  /** Nothing moves in a call; said again as long as that is so. */
  public void stalls(boolean still) {
    synchronized (places) {
      if (!still) {
        calls--;
        waits++;
      }
      stepAside();
    }
  }

  /** A call moves again; its peer would not wait for a place to become free. */
  public void moves() {
    synchronized (places) {
      waits--;
      calls++;
      if (aside && !ended) {
        aside = false;
        places.takeAnyway();
      }
    }
  }

  private void stepAside() {
    if (calls == 0 && waits > 0 && !aside && !ended) {
      aside = places.giveBack();
    }
  }

  private void comeBack() {
    if (aside && !ended) {
      places.takeWhenFree(() -> aside);
      aside = false;
    }
  }

  /** The file is done with; whether it has its place still. */
  boolean end() {
    ended = true;
    return !aside;
  }
}

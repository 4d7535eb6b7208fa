package io.mediadrop.lane;

/** Whose a folder below a lane's own is. */
public enum Ownership {
  /** The lane's: nobody else has said anything about a folder there, or the lane itself has. */
  OWN,
  /** Another lane's, which runs, is described and cannot run, or ran once. */
  ANOTHERS,
  /** Nobody's: others have folders beside it, and it may be meant for one of them. */
  HELD,
  /** Nobody's either, but others have folders in it. */
  PASSAGE;

  /** Whether a lane looks into such a folder. */
  public boolean isToEnter() {
    return this == OWN || this == PASSAGE;
  }
}

package io.mediadrop.api.pace;

import io.mediadrop.drop.Drop;
import io.mediadrop.lane.Lane;

/** A call that is made when its rate limit allows. */
public interface PacedCall {

  /** Whose connection it is made for. */
  Lane lane();

  /** What it is made for; null where it is about no file. */
  Drop drop();
}

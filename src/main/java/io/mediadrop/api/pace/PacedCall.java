package io.mediadrop.api.pace;

import io.mediadrop.drop.Drop;
import io.mediadrop.lane.Lane;
import io.mediadrop.lane.Place;

/** A call that is made when its rate limit allows. */
public interface PacedCall {

  /** Whose connection it is made for. */
  Lane lane();

  /** What it is made for; null where it is about no file. */
  Drop drop();

  /** The place of its file among those that are uploaded at once; null if it has none. */
  Place place();

  /** That it may be made; null before its rate limit has said so. */
  RateLimits.Admitted admitted();

  /** The same call, which may be made now. */
  PacedCall with(RateLimits.Admitted admission);
}

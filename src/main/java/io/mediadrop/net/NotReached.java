package io.mediadrop.net;

import java.io.IOException;

/**
 * Something stands between here and a server, so that nothing was sent to it; trying at once again
 * changes nothing. The message is for the person who can: it names what stands there, and no
 * secret.
 */
public class NotReached extends IOException {

  private static final long serialVersionUID = 1L;

  /** Says what stands in the way, and what to do. */
  protected NotReached(String message) {
    super(message);
  }
}

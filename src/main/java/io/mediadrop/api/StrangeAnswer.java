package io.mediadrop.api;

import java.io.IOException;

/**
 * What answered in the API's place is not the API: the page of a gateway, a proxy, a hotel's
 * network. It says nothing of the call, and will be there for a while.
 */
public class StrangeAnswer extends IOException {

  private static final long serialVersionUID = 1L;

  /**
   * An answer of somebody else.
   *
   * @param what its status, its type and its first words
   */
  public StrangeAnswer(String what) {
    super("something else answers in the API's place: " + what);
  }
}

package io.mediadrop.api;

import java.io.IOException;

/** The upload plan that the API has given has more bytes than can be read. */
public class PlanTooLarge extends IOException {

  private static final long serialVersionUID = 1L;

  PlanTooLarge(int largest) {
    super("the API's upload plan was refused: it is larger than %d MiB".formatted(largest >> 20));
  }
}

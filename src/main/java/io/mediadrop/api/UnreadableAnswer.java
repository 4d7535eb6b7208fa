package io.mediadrop.api;

import java.io.IOException;

/** The API has answered, but not in a way that tells what it has done. */
public class UnreadableAnswer extends IOException {

  private static final long serialVersionUID = 1L;

  /** Says what is wrong with the answer. */
  public UnreadableAnswer(String wrong) {
    super("the API's answer cannot be read: " + wrong);
  }
}

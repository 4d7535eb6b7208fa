package io.mediadrop.remote;

/** What a server said that it had done is not to be seen there, so that nothing builds on it. */
class NotSeen extends Exception {

  private static final long serialVersionUID = 1L;

  /** Says what is to be seen instead, in words that go on from the file's name. */
  NotSeen(String message) {
    super(message);
  }
}

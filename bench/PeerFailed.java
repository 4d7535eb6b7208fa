package bench;

/** A program did not do what it was started for. */
final class PeerFailed extends Exception {

  private static final long serialVersionUID = 1;

  PeerFailed(String message) {
    super(message);
  }
}

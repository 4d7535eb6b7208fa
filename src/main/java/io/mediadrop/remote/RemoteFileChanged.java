package io.mediadrop.remote;

/** A file on a server is not the one any more that had settled. */
public class RemoteFileChanged extends Exception {

  private static final long serialVersionUID = 1L;

  /** Says how that was seen. */
  public RemoteFileChanged(String message) {
    super(message);
  }
}

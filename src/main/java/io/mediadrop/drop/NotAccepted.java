package io.mediadrop.drop;

/** The file is none that is uploaded. */
public class NotAccepted extends Exception {

  private static final long serialVersionUID = 1L;

  private final transient Reason reason;

  /** Says why, for a person. */
  public NotAccepted(Reason reason) {
    super(reason.what());
    this.reason = reason;
  }

  /** Why it is not uploaded. */
  public Reason reason() {
    return reason;
  }
}

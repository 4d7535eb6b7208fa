package io.mediadrop.api;

/** The file was changed, or replaced, while it was being uploaded. */
public class SourceChanged extends Exception {

  private static final long serialVersionUID = 1L;

  /** Says what was noticed. */
  public SourceChanged(String noticed) {
    super(noticed);
  }
}

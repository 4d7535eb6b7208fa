package io.mediadrop.api;

import java.io.IOException;

/** The file was changed, or replaced, while it was being uploaded. */
public class SourceChanged extends IOException {

  private static final long serialVersionUID = 1L;

  /** Says what was noticed. */
  public SourceChanged(String noticed) {
    super(noticed);
  }
}

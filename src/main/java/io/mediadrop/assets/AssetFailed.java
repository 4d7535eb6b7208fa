package io.mediadrop.assets;

import io.mediadrop.base.Printable;
import java.io.IOException;

/** A file behind an item that could not be fetched or archived, and may be the next time. */
public class AssetFailed extends IOException {

  private static final long serialVersionUID = 1;

  AssetFailed(String what, Exception cause) {
    super(
        what
            + ": "
            + (cause.getMessage() == null
                ? cause.getClass().getSimpleName()
                : Printable.of(cause.getMessage())));
    // as a cause it would hide what it happened to from whoever tells of the failure
    addSuppressed(cause);
  }
}

package io.mediadrop.media.end;

import java.io.IOException;

/** The file consists of so many pieces that going through them would take too long. */
class TooManyReads extends IOException {

  private static final long serialVersionUID = 1L;
}

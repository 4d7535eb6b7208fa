package io.mediadrop.archive;

import io.mediadrop.file.Home;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How much was done to make an older ledger whole. */
class RestoredCounts {

  private static final Logger LOG = LoggerFactory.getLogger("mediadrop");

  /** Uploads that it did not have. */
  int added;

  /** What it had under way, and is uploaded. */
  int ended;

  /** Receipts from which an upload cannot be made again. */
  int unknown;

  /** Says it once, to those who have put the copy back. */
  void tell(Home home) {
    LOG.warn(
        "The ledger was older than its home {}: an old copy of it was put back, or it is a new one. From"
            + " the receipts in archive/ {} uploads were added to it, and {} that it had under way have"
            + " ended. Nobody is told of these, and what was still to be told before the copy was put back"
            + " may never be. What was uploaded since and still lies in a watched folder has no receipt,"
            + " and is uploaded again{}",
        home.root(),
        added,
        ended,
        unknown == 0
            ? ""
            : "; so is what is dropped again of "
                + unknown
                + " uploads whose receipts (*.media.json) do not say enough: they are of an earlier"
                + " version or of another ledger, or damaged");
  }
}

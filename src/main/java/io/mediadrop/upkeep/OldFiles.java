package io.mediadrop.upkeep;

import io.mediadrop.archive.Archive;
import io.mediadrop.base.Printable;
import io.mediadrop.drop.OldDrop;
import io.mediadrop.file.Home;
import io.mediadrop.file.OwnTree;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes the files of a drop, and nothing else that lies beside them. After a crash in between,
 * the ledger still has the drop as it was, and the rest is removed then.
 */
class OldFiles {

  private static final Logger LOG = LoggerFactory.getLogger("mediadrop");

  private final Home home;
  private final Archive archive;

  OldFiles(Home home, Archive archive) {
    this.home = home;
    this.archive = archive;
  }

  /** Whether archive and failed are the folders that they were at the start. */
  boolean canBeRemoved() {
    return home.disks().areThere();
  }

  /** Removes what the ledger says is the drop's. */
  void remove(OldDrop drop) throws IOException {
    if (drop.place() == null) {
      return;
    }
    if (!drop.failed() && archive.isAnothers(drop.id())) {
      LOG.warn(
          "{} stays, though it is old: the receipt beside it is not the one that mediadrop has put"
              + " there",
          Printable.of(drop.place()));
      return;
    }
    OwnTree tree = new OwnTree(drop.failed() ? home.failed() : home.archive());
    tree.delete(drop.place(), file -> isTheDrops(drop, file.size()));
    for (String beside : drop.besides()) {
      tree.delete(beside, file -> true);
      tree.tidyUp(beside);
    }
    tree.tidyUp(drop.place());
  }

  private static boolean isTheDrops(OldDrop drop, long size) {
    if (size != drop.size()) {
      LOG.warn(
          "{} stays, though it is old: it is not the file that mediadrop has put there",
          Printable.of(drop.place()));
    }
    return size == drop.size();
  }
}

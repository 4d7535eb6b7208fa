package io.mediadrop.archive;

import io.mediadrop.drop.Drop;
import io.mediadrop.drop.DropState;
import io.mediadrop.ledger.Ledger;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jdbi.v3.core.JdbiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts a file where its drop has ended: an uploaded one into the archive with its receipt, a
 * refused one into the failed folder with its reason. Every step can be repeated after a crash.
 */
class Filing {

  private static final Logger LOG = LoggerFactory.getLogger("mediadrop");

  /** Drops that a thread is putting away just now. */
  private final Set<Long> underWay = ConcurrentHashMap.newKeySet();

  private final Ledger ledger;
  private final SplitAnswers splitAnswers;
  private final SentFiles sentFiles;
  private final UploadedFiles uploadedFiles;
  private final RefusedFiles refusedFiles;
  private final FilingBatch batch;
  private final FilingTroubles troubles;

  Filing(
      Ledger ledger,
      SplitAnswers splitAnswers,
      SentFiles sentFiles,
      UploadedFiles uploadedFiles,
      RefusedFiles refusedFiles,
      FilingBatch batch,
      FilingTroubles troubles) {
    this.ledger = ledger;
    this.splitAnswers = splitAnswers;
    this.sentFiles = sentFiles;
    this.uploadedFiles = uploadedFiles;
    this.refusedFiles = refusedFiles;
    this.batch = batch;
    this.troubles = troubles;
  }

  /** Finishes what an earlier run had uploaded or given up, but not put away. */
  void putAwayLeft() {
    ledger.in(DropState.UPLOADED).forEach(this::putAway);
    ledger.in(DropState.FAILED).forEach(this::putAway);
  }

  /**
   * Puts the file of a drop away if the drop has ended. If the disk refuses, the ledger still says
   * what is to be done; if it refuses altogether, no more files are taken.
   *
   * @return whether nothing is left to be done now
   */
  boolean putAway(Drop ended) {
    if (!underWay.add(ended.id())) {
      return false;
    }
    Drop drop = ended;
    try {
      drop = ledger.recorded(ended);
      if (!ledger.isStill(drop)) {
        // somebody else has put it away since it was read
        return true;
      }
      if (drop.state() == DropState.UPLOADED && !splitAnswers.isReady(drop)) {
        return false;
      }
      switch (drop.state()) {
        case UPLOADED -> uploadedFiles.archive(drop);
        case FAILED -> refusedFiles.take(drop);
        default -> {
          // still under way: the file stays where it is
        }
      }
      troubles.forget(drop);
      sentFiles.forget(drop);
      return true;
    } catch (IOException e) {
      troubles.tell(drop, e);
      return false;
    } catch (JdbiException e) {
      // told by the intake; the drop is put away once the ledger can be written
      return false;
    } finally {
      underWay.remove(drop.id());
    }
  }

  /** The same for several uploaded drops, for which the disk and the ledger are waited for once. */
  boolean[] putAway(List<Drop> drops) {
    List<Drop> ours = drops.stream().filter(drop -> underWay.add(drop.id())).toList();
    Set<Long> filed = new HashSet<>();
    try {
      batch.file(recorded(ours)).forEach(drop -> filed.add(drop.id()));
    } catch (IOException | JdbiException e) {
      LOG.debug("several files together could not be put away; each is tried by itself", e);
    } finally {
      ours.forEach(drop -> underWay.remove(drop.id()));
    }
    boolean[] done = new boolean[drops.size()];
    for (int i = 0; i < done.length; i++) {
      done[i] = filed.contains(drops.get(i).id()) || putAway(drops.get(i));
    }
    return done;
  }

  private List<Drop> recorded(List<Drop> drops) {
    return drops.stream().map(ledger::recorded).toList();
  }
}

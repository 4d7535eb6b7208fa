package io.mediadrop.delivery;

import io.mediadrop.api.Checksums;
import io.mediadrop.api.UploadApi;
import io.mediadrop.base.ConfigurationMistake;
import io.mediadrop.drop.Drop;
import io.mediadrop.drop.NotNow;
import io.mediadrop.lane.DroppedFile;
import io.mediadrop.lane.Lane;
import io.mediadrop.lane.Lanes;
import io.mediadrop.ledger.Ledger;
import io.mediadrop.ledger.SameSizes;
import io.mediadrop.ledger.SameSizes.Other;
import io.mediadrop.ledger.UploadRecords;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.apache.camel.Body;
import org.apache.camel.Variable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out whether a connection has a content already. Sizes are compared first; only where they
 * are equal is anything hashed.
 */
public class Duplicates {

  private static final Logger LOG = LoggerFactory.getLogger("mediadrop");

  private Ledger ledger;
  private UploadRecords uploadRecords;
  private Checksums checksums;
  private Lanes lanes;
  private SameSizes sameSizes;
  private HeldContent heldContent;
  private boolean skip;
  private boolean comparing = true;

  /** Begins. */
  public void open() {
    sameSizes = new SameSizes(ledger);
    heldContent = new HeldContent(ledger, sameSizes, uploadRecords, checksums);
  }

  /**
   * The drop as it was if its content is new to the connection, else recorded as a duplicate.
   *
   * @throws NotNow while the same content is still being uploaded
   */
  public Drop find(@Body Drop drop, @Variable("file") DroppedFile file) throws IOException, NotNow {
    boolean given = drop.plan() != null && drop.isInGivenSession();
    if (!skip || !comparing || given || !sameSizes.mayHaveAny(drop)) {
      return drop;
    }
    String md5 = heldContent.md5(drop, file);
    Optional<Drop> same = same(drop, md5);
    return same.isEmpty() ? drop : conclude(drop, same.get());
  }

  /**
   * Those with the same content: by their md5, and of the few whose md5 the ledger does not know,
   * because they were sent in parts or are under way, by what they hold.
   */
  private Optional<Drop> same(Drop drop, String md5) throws IOException {
    SameSizes.Others others = sameSizes.of(drop, md5);
    for (Other other : others.same()) {
      if (counts(other)) {
        return Optional.of(sameSizes.inFull(other));
      }
    }
    for (Other other : others.unknown()) {
      if (heldContent.isSame(drop, md5, other) && counts(other)) {
        return Optional.of(sameSizes.inFull(other));
      }
    }
    return Optional.empty();
  }

  /** Nobody waits for an upload that does not go on: its lane is not there, or pauses. */
  private boolean counts(Other other) {
    if (other.uploaded()) {
      return true;
    }
    Drop drop = sameSizes.inFull(other);
    Lane lane = lanes.byName(drop.lane());
    boolean goesOn = lane != null && (lane.takesFiles() || drop.isInDoubt());
    return goesOn || ledger.isInHand(drop);
  }

  private Drop conclude(Drop drop, Drop other) throws NotNow {
    if (other.archivePath() != null) {
      LOG.info("{} is the same as {}, which was uploaded already", drop, other);
      return uploadRecords.duplicate(
          drop.plan() == null ? drop : ledger.withoutSession(drop), other);
    }
    throw new NotNow("the same content is being uploaded as " + other, Duration.ofSeconds(1));
  }

  public void setLedger(Ledger ledger) {
    this.ledger = ledger;
  }

  public void setUploadRecords(UploadRecords uploadRecords) {
    this.uploadRecords = uploadRecords;
  }

  public void setLanes(Lanes lanes) {
    this.lanes = lanes;
  }

  public void setApi(UploadApi api) {
    checksums = api.checksums();
  }

  /**
   * {@code skip}: filed with a receipt that names the first media; {@code upload}: sent as well.
   */
  public void setPolicy(String policy) {
    if (!policy.equals("skip") && !policy.equals("upload")) {
      throw new ConfigurationMistake("mediadrop.duplicates must be skip or upload, not " + policy);
    }
    skip = policy.equals("skip");
  }

  /** With {@code off} there is nothing to compare, and nothing counts as a duplicate. */
  public void setChecksum(String checksum) {
    comparing = checksum.equals("md5");
    if (!comparing) {
      LOG.warn("mediadrop.checksum is off: the same content may be uploaded more than once");
    }
  }
}

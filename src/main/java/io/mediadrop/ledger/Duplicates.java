package io.mediadrop.ledger;

import io.mediadrop.ConfigurationMistake;
import io.mediadrop.api.Checksums;
import io.mediadrop.source.DroppedFile;
import io.mediadrop.source.FileStamp;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.camel.Variable;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out whether a connection has a content already. Sizes are compared first; only where they
 * are equal is anything hashed.
 */
public class Duplicates {

  private static final Logger LOG = LoggerFactory.getLogger("mediadrop");

  private static final long SMALL = 4 << 20;

  /** Good uploads, and those under way; tainted and faulty ones count for nothing. */
  private static final String OTHERS =
      "connection = ? AND size = ? AND id <> ?"
          // what was adopted is known to the API by its checksum, whatever its file became
          + " AND (tainted = 0 OR adopted = 1) AND has_error = 0"
          + " AND duplicate_of IS NULL"
          + " AND state NOT IN ('FAILED', 'FAILED_MOVED', 'GONE', 'MISSING')";

  private final DropRows rows = new DropRows();
  private final SentContent sentContent = new SentContent();
  private Ledger ledger;
  private UploadRecords uploadRecords;
  private Checksums checksums;
  private boolean skip;
  private boolean comparing = true;

  /**
   * The drop as it was if its content is new to the connection, else recorded as a duplicate.
   *
   * @throws NotNow while the same content is still being uploaded
   */
  public Drop find(@Variable("drop") Drop drop, @Variable("file") DroppedFile file)
      throws IOException, NotNow {
    if (!skip || !comparing || drop.plan() != null || !hasSizeInCommon(drop)) {
      return drop;
    }
    String md5 = remember(drop, checksums.md5(drop.source(), file.stamp()));
    for (Drop other : candidates(drop, md5)) {
      if (isSame(drop, md5, other)) {
        return conclude(drop, other);
      }
    }
    return drop;
  }

  private boolean hasSizeInCommon(Drop drop) {
    return ledger.read(
        handle ->
            Sql.any(
                handle,
                "SELECT 1 FROM drops WHERE " + OTHERS + " LIMIT 1",
                drop.connection(),
                drop.size(),
                drop.id()));
  }

  /**
   * Those with this md5, and the few whose md5 is not known: sent in parts, or under way. Of two
   * that are under way the one that was claimed first goes first, and no claim has another's time.
   */
  private List<Drop> candidates(Drop drop, String md5) {
    // as two searches: databases do not use their index for an OR
    return ledger.read(
        handle ->
            Stream.concat(
                    candidates(
                        handle,
                        "md5 = ?",
                        drop.connection(),
                        drop.size(),
                        drop.id(),
                        md5,
                        drop.id()),
                    candidates(
                        handle,
                        "md5 IS NULL",
                        drop.connection(),
                        drop.size(),
                        drop.id(),
                        drop.id()))
                .toList());
  }

  private Stream<Drop> candidates(Handle handle, String known, Object... values) {
    String before = "claimed_at < (SELECT claimed_at FROM drops WHERE id = ?)";
    String condition =
        " AND %s AND (archive_path IS NOT NULL OR plan IS NOT NULL OR %s) ORDER BY claimed_at"
            .formatted(known, before);
    return Sql.all(handle, rows, DropRows.SELECT + OTHERS + condition, values).stream();
  }

  private boolean isSame(Drop drop, String md5, Drop other) throws IOException {
    String known = md5Of(other);
    if (known != null) {
      return md5.equals(known);
    }
    Optional<String> sent = sentInParts(other);
    if (sent.isPresent()) {
      // compared the way the API does
      return checksums.onDisk(drop.source(), other.plan()).equals(sent.get());
    }
    try {
      FileStamp stamp = FileStamp.of(other.source());
      return isAsClaimed(other, stamp)
          && md5.equals(remember(other, checksums.md5(other.source(), stamp)));
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  /** Another file at the path would be taken for the content that is on its way. */
  private static boolean isAsClaimed(Drop other, FileStamp stamp) {
    return stamp.size() == other.size() && stamp.modified() == other.modified();
  }

  private Optional<String> sentInParts(Drop other) {
    return other.archivePath() == null
        ? ledger.read(handle -> sentContent.checksum(handle, other))
        : Optional.ofNullable(uploadRecords.of(other).checksum());
  }

  private Drop conclude(Drop drop, Drop other) throws NotNow {
    if (other.archivePath() != null) {
      LOG.info("{} is the same as {}, which was uploaded already", drop, other);
      return uploadRecords.duplicate(drop, other);
    }
    throw new NotNow("the same content is being uploaded as " + other, Duration.ofSeconds(1));
  }

  private String md5Of(Drop drop) {
    return ledger.read(
        handle ->
            handle
                .createQuery("SELECT md5 FROM drops WHERE id = ? AND md5 IS NOT NULL")
                .bind(0, drop.id())
                .mapTo(String.class)
                .findOne()
                .orElse(null));
  }

  /**
   * A small file is hashed again in less time than that takes, and its upload records it anyway.
   */
  private String remember(Drop drop, String md5) {
    if (drop.size() > SMALL) {
      ledger.note(
          handle -> Sql.update(handle, "UPDATE drops SET md5 = ? WHERE id = ?", md5, drop.id()));
    }
    return md5;
  }

  public void setLedger(Ledger ledger) {
    this.ledger = ledger;
  }

  public void setUploadRecords(UploadRecords uploadRecords) {
    this.uploadRecords = uploadRecords;
  }

  public void setChecksums(Checksums checksums) {
    this.checksums = checksums;
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

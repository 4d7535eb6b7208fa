package io.mediadrop.delivery;

import io.mediadrop.api.Checksums;
import io.mediadrop.api.UploadApi;
import io.mediadrop.base.ConfigurationMistake;
import io.mediadrop.drop.Drop;
import io.mediadrop.drop.NotNow;
import io.mediadrop.file.FileStamp;
import io.mediadrop.lane.DroppedFile;
import io.mediadrop.lane.Lane;
import io.mediadrop.lane.Lanes;
import io.mediadrop.ledger.DropRows;
import io.mediadrop.ledger.Ledger;
import io.mediadrop.ledger.Sql;
import io.mediadrop.ledger.UploadRecords;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.Body;
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
  private static final int MOST = 1_000;

  /**
   * Good uploads, and those under way; faulty ones count for nothing, nor do those that changed
   * while they were sent.
   */
  private static final String OTHERS =
      "connection = ? AND size = ? AND id <> ?"
          // what was adopted is known to the API by its checksum, whatever its file became
          + " AND (tainted <> 1 OR adopted = 1) AND has_error = 0"
          + " AND duplicate_of IS NULL"
          + " AND state NOT IN ('FAILED', 'FAILED_MOVED', 'GONE', 'MISSING')";

  private static final String SELECT_OTHERS =
      "SELECT id, CASE WHEN archive_path IS NULL THEN 0 ELSE 1 END FROM drops WHERE "
          + OTHERS
          + " AND %s AND (archive_path IS NOT NULL OR plan IS NOT NULL"
          + " OR claimed_at < (SELECT claimed_at FROM drops WHERE id = ?)) ORDER BY claimed_at";

  /** Another drop of the same connection and size; what it is in full costs another look. */
  private record Other(String id, boolean uploaded) {}

  /** What drops under way hold, so that those which come beside them need not look. */
  private final Map<String, String> hashedLately =
      Collections.synchronizedMap(
          new LinkedHashMap<>() {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
              return size() > MOST;
            }
          });

  private final DropRows rows = new DropRows();
  private final SentContent sentContent = new SentContent();
  private Ledger ledger;
  private UploadRecords uploadRecords;
  private Checksums checksums;
  private Lanes lanes;
  private boolean skip;
  private boolean comparing = true;

  /**
   * The drop as it was if its content is new to the connection, else recorded as a duplicate.
   *
   * @throws NotNow while the same content is still being uploaded
   */
  public Drop find(@Body Drop drop, @Variable("file") DroppedFile file) throws IOException, NotNow {
    boolean given = drop.plan() != null && drop.isInGivenSession();
    if (!skip || !comparing || given || !hasSizeInCommon(drop)) {
      return drop;
    }
    String md5 = remember(drop, checksums.md5(drop.source(), file.stamp()));
    Optional<Drop> same = same(drop, md5);
    return same.isEmpty() ? drop : conclude(drop, same.get());
  }

  /** What has a session goes on, unless another lane has uploaded the content meanwhile. */
  private static String thatCount(Drop drop) {
    return drop.plan() == null ? "" : " AND archive_path IS NOT NULL";
  }

  private boolean hasSizeInCommon(Drop drop) {
    return ledger.read(
        handle ->
            Sql.any(
                handle,
                "SELECT 1 FROM drops WHERE " + OTHERS + thatCount(drop) + " LIMIT 1",
                drop.connection(),
                drop.size(),
                drop.id()));
  }

  /**
   * Those with the same content: by their md5, and of the few whose md5 the ledger does not know,
   * because they were sent in parts or are under way, by what they hold. Of two that are under way
   * the one that was claimed first goes first, and no claim has another's time.
   */
  private Optional<Drop> same(Drop drop, String md5) throws IOException {
    List<Other> unknown = new ArrayList<>();
    List<Other> known =
        ledger.read(
            // as two searches: databases do not use their index for an OR
            handle -> {
              unknown.addAll(others(handle, "md5 IS NULL", drop));
              return others(handle, "md5 = ?", drop, md5);
            });
    for (Other other : known) {
      if (counts(other)) {
        return Optional.of(inFull(other));
      }
    }
    for (Other other : unknown) {
      if (isSame(drop, md5, other) && counts(other)) {
        return Optional.of(inFull(other));
      }
    }
    return Optional.empty();
  }

  /** Nobody waits for an upload that does not go on: its lane is not there, or pauses. */
  private boolean counts(Other other) {
    if (other.uploaded()) {
      return true;
    }
    Drop drop = inFull(other);
    Lane lane = lanes.byName(drop.lane());
    boolean goesOn = lane != null && (lane.takesFiles() || drop.isInDoubt());
    return goesOn || ledger.isOwned(drop, Instant.now());
  }

  private List<Other> others(Handle handle, String known, Drop drop, Object... md5) {
    List<Object> values = new ArrayList<>(List.of(drop.connection(), drop.size(), drop.id()));
    values.addAll(List.of(md5));
    values.add(drop.id());
    return Sql.all(
        handle,
        row -> new Other(row.getString(1), row.getInt(2) != 0),
        SELECT_OTHERS.formatted(known + thatCount(drop)),
        values.toArray());
  }

  private Drop inFull(Other other) {
    return ledger.read(handle -> rows.byId(handle, other.id())).orElseThrow();
  }

  private boolean isSame(Drop drop, String md5, Other candidate) throws IOException {
    String hashed = hashedLately.get(candidate.id());
    if (hashed != null && !candidate.uploaded()) {
      return md5.equals(hashed);
    }
    Drop other = inFull(candidate);
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
      return uploadRecords.duplicate(drop.plan() == null ? drop : ledger.abandoned(drop), other);
    }
    throw new NotNow("the same content is being uploaded as " + other, Duration.ofSeconds(1));
  }

  /**
   * A small file is hashed again in less time than that takes, and its upload records it anyway.
   */
  private String remember(Drop drop, String md5) {
    hashedLately.put(drop.id(), md5);
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

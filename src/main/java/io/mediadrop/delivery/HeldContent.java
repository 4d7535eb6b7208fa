package io.mediadrop.delivery;

import io.mediadrop.api.Checksums;
import io.mediadrop.drop.Drop;
import io.mediadrop.file.FileStamp;
import io.mediadrop.lane.DroppedFile;
import io.mediadrop.ledger.Ledger;
import io.mediadrop.ledger.SameSizes;
import io.mediadrop.ledger.UploadRecords;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Tells whether a drop holds the content of another whose md5 the ledger does not know. */
class HeldContent {

  private static final long SMALL = 4 << 20;
  private static final int MOST = 1_000;

  /** What drops under way hold, so that those which come beside them need not look. */
  private final Map<Long, String> hashedLately =
      Collections.synchronizedMap(
          new LinkedHashMap<>() {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<Long, String> eldest) {
              return size() > MOST;
            }
          });

  private final SentContent sentContent = new SentContent();
  private final Ledger ledger;
  private final SameSizes sameSizes;
  private final UploadRecords uploadRecords;
  private final Checksums checksums;

  HeldContent(
      Ledger ledger, SameSizes sameSizes, UploadRecords uploadRecords, Checksums checksums) {
    this.ledger = ledger;
    this.sameSizes = sameSizes;
    this.uploadRecords = uploadRecords;
    this.checksums = checksums;
  }

  /** The md5 of the drop's file. */
  String md5(Drop drop, DroppedFile file) throws IOException {
    return remember(drop, checksums.md5(drop.source(), file.stamp(), file.content()));
  }

  private String md5(Drop drop, FileStamp stamp) throws IOException {
    return remember(drop, checksums.md5(drop.source(), stamp));
  }

  boolean isSame(Drop drop, String md5, SameSizes.Other candidate) throws IOException {
    String hashed = hashedLately.get(candidate.id());
    if (hashed != null && !candidate.uploaded()) {
      return md5.equals(hashed);
    }
    Drop other = sameSizes.inFull(candidate);
    Optional<String> sent = sentInParts(other);
    if (sent.isPresent()) {
      // compared the way the API does
      return checksums.onDisk(drop.source(), other.plan()).equals(sent.get());
    }
    try {
      FileStamp stamp = FileStamp.of(other.source());
      return isAsClaimed(other, stamp) && md5.equals(md5(other, stamp));
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

  /**
   * A small file is hashed again in less time than that takes, and its upload records it anyway.
   */
  private String remember(Drop drop, String md5) {
    hashedLately.put(drop.id(), md5);
    if (drop.size() > SMALL) {
      sameSizes.holds(drop, md5);
    }
    return md5;
  }
}

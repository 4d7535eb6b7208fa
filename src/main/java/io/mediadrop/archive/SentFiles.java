package io.mediadrop.archive;

import io.mediadrop.api.Checksums;
import io.mediadrop.drop.Drop;
import io.mediadrop.file.FileStamp;
import io.mediadrop.ledger.UploadRecords;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Tells whether the file at a place is the one that was sent. */
class SentFiles {

  /**
   * What file systems keep the times of files in, in nanoseconds: that of Windows, most servers,
   * old ones of Linux, and that of cameras' cards.
   */
  private static final List<Long> UNITS =
      List.of(100L, 1_000L, 1_000_000L, 10_000_000L, 1_000_000_000L, 2_000_000_000L);

  /** Drops whose file was found at both places, which a large one takes long to be. */
  private final Set<Long> compared = ConcurrentHashMap.newKeySet();

  private final UploadRecords uploadRecords;
  private final Checksums checksums;

  SentFiles(UploadRecords uploadRecords, Checksums checksums) {
    this.uploadRecords = uploadRecords;
    this.checksums = checksums;
  }

  /** Whether the file at the path is the one that was sent, if need be by its content. */
  boolean isSent(Drop drop, Path path) throws IOException {
    try {
      FileStamp stamp = FileStamp.of(path);
      return stamp.kind() == FileStamp.Kind.FILE
          && stamp.size() == drop.size()
          && (stamp.modified() == drop.modified()
              || !path.equals(drop.source()) && isRounded(stamp.modified(), drop.modified())
              || hasSentContent(drop, path));
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  /** Whether another file system, on which the file was put, would keep its time like that. */
  private static boolean isRounded(long kept, long modified) {
    return UNITS.stream()
        .mapToLong(unit -> modified - Math.floorMod(modified, unit))
        .anyMatch(rounded -> kept == rounded);
  }

  private boolean hasSentContent(Drop drop, Path path) throws IOException {
    return drop.plan() != null
        && drop.archivePath() != null
        && checksums.onDisk(path, drop.plan()).equals(uploadRecords.of(drop).checksum());
  }

  /** A crash in a move leaves the file at both places, under two names or as two copies. */
  boolean isAtBoth(Drop drop, Path place) throws IOException {
    if (!compared.contains(drop.id())
        && (Files.isSameFile(drop.source(), place) || Files.mismatch(drop.source(), place) < 0)) {
      compared.add(drop.id());
    }
    return compared.contains(drop.id());
  }

  /** The drop is put away. */
  void forget(Drop drop) {
    compared.remove(drop.id());
  }
}

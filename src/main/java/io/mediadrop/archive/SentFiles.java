package io.mediadrop.archive;

import io.mediadrop.api.Checksums;
import io.mediadrop.drop.Drop;
import io.mediadrop.file.FileStamp;
import io.mediadrop.file.SafeMove;
import io.mediadrop.ledger.UploadRecords;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Tells whether the file at a place is the one that was sent. */
class SentFiles {

  /**
   * What file systems keep the times of files in, in nanoseconds: that of Windows, most servers,
   * old ones of Linux, and that of cameras' cards.
   */
  private static final List<Long> UNITS =
      List.of(100L, 1_000L, 1_000_000L, 10_000_000L, 1_000_000_000L, 2_000_000_000L);

  /** A file as it was at each of two places. */
  private record Pair(FileStamp first, FileStamp second) {}

  /** Drops whose file was found at both places, which a large one takes long to be. */
  private final Map<Long, Pair> compared = new ConcurrentHashMap<>();

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
          && (isDated(drop, path, stamp) || hasSentContent(drop, path));
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  private static boolean isDated(Drop drop, Path path, FileStamp stamp) {
    return stamp.modified() == drop.modified()
        || !path.equals(drop.source()) && isRounded(stamp.modified(), drop.modified());
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
  boolean isAtBoth(Drop drop, Path first, Path second) throws IOException {
    if (SafeMove.isOneFile(first, second)) {
      return true;
    }
    Pair now = new Pair(FileStamp.of(first), FileStamp.of(second));
    if (!now.equals(compared.get(drop.id())) && Files.mismatch(first, second) < 0) {
      compared.put(drop.id(), now);
    }
    return now.equals(compared.get(drop.id()));
  }

  /**
   * Whether what lies at a place is left of the file that has come to another one, and no file that
   * was dropped there since.
   */
  boolean isLeft(Drop drop, Path from, Path to) throws IOException {
    FileStamp left = FileStamp.of(from);
    return left.kind() == FileStamp.Kind.FILE
        && (SafeMove.isOneFile(from, to)
            || left.size() == drop.size()
                && isDated(drop, from, left)
                && isItself(drop, left)
                && isAtBoth(drop, from, to));
  }

  /**
   * Whether it is the very file that was claimed, as far as that is known: the number of its disk
   * may be another one after a restart.
   */
  boolean isItself(Drop drop, FileStamp stamp) {
    String key = uploadRecords.fileKey(drop);
    return key.isEmpty() || stamp.key().isEmpty() || number(key).equals(number(stamp.key()));
  }

  private static String number(String key) {
    return key.substring(key.indexOf(':') + 1);
  }

  /** The drop is put away. */
  void forget(Drop drop) {
    compared.remove(drop.id());
  }
}

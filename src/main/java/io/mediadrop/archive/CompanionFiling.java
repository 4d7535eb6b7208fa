package io.mediadrop.archive;

import io.mediadrop.file.DiskNames;
import io.mediadrop.file.FileNames;
import io.mediadrop.file.FileStamp;
import io.mediadrop.file.Home;
import io.mediadrop.file.SafeMove;
import io.mediadrop.ledger.Companion;
import io.mediadrop.ledger.CompanionRecords;
import io.mediadrop.ledger.CompanionsMedia;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * Puts the companion of a media file where that was put. The media file goes first and never waits
 * for it; whatever happens in between, the companion is found in its folder again and follows.
 */
public class CompanionFiling {

  /** What becomes of a companion. */
  public enum Outcome {
    /** It is where its media file is. */
    TAKEN_ALONG,
    /** It is there, and stays where it was as well. */
    TAKEN_AND_KEPT,
    /** Its media file is about to be put away. */
    NOT_YET,
    /** Nothing is known of a media file that it could belong to. */
    UNKNOWN
  }

  private final Home home;
  private final CompanionRecords records;
  private final RenewedReceipts renewedReceipts;

  CompanionFiling(Home home, CompanionRecords records, RenewedReceipts renewedReceipts) {
    this.home = home;
    this.records = records;
    this.renewedReceipts = renewedReceipts;
  }

  /**
   * Puts a companion beside its media file, if that has been put away.
   *
   * @param lane the lane's name
   * @param path the companion's below the lane's folder, with slashes
   * @param file the companion
   * @param stamp what it was when it had settled
   * @throws IOException if the disk refuses; the companion lies where it was then
   */
  public Outcome take(String lane, String path, Path file, FileStamp stamp) throws IOException {
    if (!home.disks().areThere()) {
      throw new IOException("archive or failed is gone or lies on another disk than at the start");
    }
    Optional<CompanionsMedia> media = records.mediaOf(lane, path);
    if (media.isEmpty()) {
      return Outcome.UNKNOWN;
    }
    if (!media.get().putAway() || !FileStamp.of(file).equals(stamp)) {
      return Outcome.NOT_YET;
    }
    take(media.get(), file, stamp);
    return Outcome.TAKEN_ALONG;
  }

  /** Whether this companion, as it is, lies beside its media file already. */
  public boolean has(CompanionsMedia media, String name, FileStamp stamp) {
    return records
        .known(media, name, stamp)
        .filter(companion -> isThere(root(media).resolve(companion.place())))
        .isPresent();
  }

  private Path root(CompanionsMedia media) {
    return media.failed() ? home.failed() : home.archive();
  }

  private void take(CompanionsMedia media, Path file, FileStamp stamp) throws IOException {
    String name = file.getFileName().toString();
    Path root = root(media);
    String wanted = DiskNames.taken(root, FileNames.companion(media.place(), media.name(), name));
    Companion companion =
        records.promise(media, name, stamp, taken -> freePlace(root, wanted, taken));
    if (!media.failed()) {
      // before it is moved: afterwards nobody would come back for that
      renewedReceipts.renew(media.id());
    }
    move(file, root.resolve(companion.place()));
  }

  private static String freePlace(Path root, String wanted, Predicate<String> taken) {
    return IntStream.iterate(1, n -> n + 1)
        .mapToObj(n -> FileNames.numbered(wanted, n))
        .filter(place -> !taken.test(place) && !isThere(root.resolve(place)))
        .findFirst()
        .orElseThrow();
  }

  /** A crash in the middle of a move may have left it at both places. */
  private static void move(Path from, Path to) throws IOException {
    if (SafeMove.isSame(from, to)) {
      SafeMove.syncFolder(to.getParent());
      Files.delete(from);
    } else {
      SafeMove.move(from, to);
    }
  }

  private static boolean isThere(Path file) {
    return Files.exists(file, LinkOption.NOFOLLOW_LINKS);
  }

  /**
   * Moves the companions of an original to the refused files, where that has gone after all.
   *
   * @param name what the original was called when it was dropped
   * @param place the original's among the refused files
   */
  void follow(long dropId, String name, String place) throws IOException {
    List<Companion> archived =
        records.of(dropId).stream().filter(companion -> !companion.failed()).toList();
    for (Companion companion : archived) {
      Path from = home.archive().resolve(companion.place());
      if (isThere(from)) {
        String wanted =
            DiskNames.taken(home.failed(), FileNames.companion(place, name, companion.name()));
        String to = freePlace(home.failed(), wanted, taken -> false);
        move(from, home.failed().resolve(to));
        records.moved(companion, to);
      }
    }
  }
}

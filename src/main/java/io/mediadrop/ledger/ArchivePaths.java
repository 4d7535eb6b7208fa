package io.mediadrop.ledger;

import io.mediadrop.drop.Drop;
import io.mediadrop.file.DiskNames;
import io.mediadrop.file.FileNames;
import io.mediadrop.file.Home;
import io.mediadrop.file.WantedPlace;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/** Finds a place below the archive that no other file has or will get. */
public class ArchivePaths {

  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("yyyy/MM/dd").withZone(ZoneOffset.UTC);

  /** A place has so many parts: the lane, year, month and day, and what is below. */
  private static final int BELOW_DAY = 5;

  /** No media file's ending is longer. */
  private static final String LONGEST_ENDING = ".jpeg";

  private final Home home;

  public ArchivePaths(Home home) {
    this.home = home;
  }

  /**
   * A free place for a drop uploaded at this time: {@code <lane>/<yyyy>/<MM>/<dd>/<path>}, with
   * slashes on every platform.
   *
   * @param reserved whether a place is promised to another drop already
   */
  public String reserve(Drop drop, Instant uploaded, Predicate<String> reserved) {
    String day = drop.lane() + "/" + DAY.format(uploaded);
    String path = drop.path().replace('\\', '_');
    return free(drop, day, DiskNames.path(home.archive(), path), reserved);
  }

  /**
   * Below a lane's folder and the day's, the folder of the files that could not be archived under
   * their own path; empty where those of such a path can be.
   *
   * @param path what the path of such a file begins with, less its ending
   */
  public Optional<String> folderInstead(String lane, String path) {
    return folderInstead(home.archive(), lane, path, path.replace('\\', '_'));
  }

  /** The same among the refused files, below the lane's folder. */
  public Optional<String> folderInsteadOfRefused(String lane, String path) {
    return folderInstead(home.failed(), lane, path, path);
  }

  private static Optional<String> folderInstead(
      Path root, String lane, String path, String wanted) {
    String place = DiskNames.path(root, wanted) + LONGEST_ENDING;
    String taken = DiskNames.taken(root, lane + "/" + place).substring(lane.length() + 1);
    return taken.equals(path + LONGEST_ENDING)
        ? Optional.empty()
        : Optional.of(taken.substring(0, taken.lastIndexOf('/') + 1));
  }

  /**
   * A free place nearest to one that the drop cannot have.
   *
   * @param wanted such a place, with names that the disk takes
   * @param reserved whether a place is promised to any drop already
   */
  public String another(Drop drop, String wanted, Predicate<String> reserved) {
    String[] parts = wanted.split("/", BELOW_DAY);
    String day = String.join("/", Arrays.copyOf(parts, BELOW_DAY - 1));
    return free(drop, day, parts[BELOW_DAY - 1], reserved);
  }

  private String free(Drop drop, String day, String path, Predicate<String> reserved) {
    String wanted = WantedPlace.below(home.archive(), day, path, reserved);
    return IntStream.iterate(1, n -> n + 1)
        .mapToObj(n -> FileNames.numbered(wanted, n))
        .filter(place -> !reserved.test(place) && isFree(place))
        .filter(place -> drop.sidecar() == null || !exists(FileNames.sidecar(place)))
        .findFirst()
        .orElseThrow();
  }

  private boolean isFree(String place) {
    return !exists(place) && !exists(FileNames.receipt(place));
  }

  private boolean exists(String place) {
    return Files.exists(home.archive().resolve(place), LinkOption.NOFOLLOW_LINKS);
  }
}

package io.mediadrop.archive;

import io.mediadrop.ledger.Drop;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/** Finds a place below the archive that no other file has or will get. */
public class ArchivePaths {

  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("yyyy/MM/dd").withZone(ZoneOffset.UTC);

  /** A place has so many parts: the lane, year, month and day, and what is below. */
  private static final int BELOW_DAY = 5;

  private Home home;

  /**
   * A free place for a drop uploaded at this time: {@code <lane>/<yyyy>/<MM>/<dd>/<path>}, with
   * slashes on every platform.
   *
   * @param reserved whether a place is promised to another drop already
   */
  public String reserve(Drop drop, Instant uploaded, Predicate<String> reserved) {
    String day = drop.lane() + "/" + DAY.format(uploaded);
    String path = drop.path().replace('\\', '_');
    return free(
        drop,
        day,
        DiskNames.isPath(home.archive(), path) ? path : FileNames.withoutTroubles(path),
        reserved);
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

  public void setHome(Home home) {
    this.home = home;
  }
}

package io.mediadrop.archive;

import io.mediadrop.ledger.Drop;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/** Finds a place below the archive that no other file has or will get. */
public class ArchivePaths {

  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("yyyy/MM/dd").withZone(ZoneOffset.UTC);

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

package io.mediadrop.source;

import io.mediadrop.ConfigurationMistake;
import io.mediadrop.Quantity;
import io.mediadrop.archive.Home;
import io.mediadrop.lane.Lane;
import io.mediadrop.lane.Lanes;
import java.io.File;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.component.file.GenericFile;
import org.apache.camel.component.file.GenericFileFilter;
import org.apache.camel.spi.PollingConsumerPollStrategy;

/**
 * Lets a file through once its stamp has stayed the same for the settle time, by our own monotonic
 * clock and over whole listings: no file is waited for, and no timestamp is trusted.
 *
 * <p>The filter sees one file at a time, the poll strategy when a listing begins and ends. Together
 * they remember the last listing, from which the oldest files are chosen for the next one.
 */
public class SettledFiles implements GenericFileFilter<File>, PollingConsumerPollStrategy {

  private record Sighting(FileStamp stamp, long since) {}

  private static final Comparator<Map.Entry<Path, Sighting>> OLDEST_FIRST =
      Comparator.comparingLong((Map.Entry<Path, Sighting> seen) -> seen.getValue().since())
          .thenComparingLong(seen -> seen.getValue().stamp().modified())
          .thenComparing(Map.Entry::getKey);

  private final LongSupplier nanoTime;
  private final Strays strays = new Strays();
  private Lane lane;
  private Lanes lanes;
  private Home home;
  private Intake intake;
  private IgnoredNames ignoredNames;
  private Duration settle;
  private Map<Path, Sighting> lastListing = Map.of();
  private Map<Path, Sighting> listing = new HashMap<>();
  private Set<Path> chosen = Set.of();

  /** Measures the settle time with the machine's monotonic clock. */
  public SettledFiles() {
    this(System::nanoTime);
  }

  SettledFiles(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /**
   * Makes sure that the lane can do its work in the folder.
   *
   * @throws ConfigurationMistake if it cannot
   */
  public void open() {
    FolderRights.require(lane, home);
    lane.pause().forget();
  }

  @Override
  public boolean begin(Consumer consumer, Endpoint endpoint) {
    if (!intake.isOpen() || lane.pause().isOn()) {
      return false;
    }
    listing = new HashMap<>();
    chosen = choose();
    return true;
  }

  private Set<Path> choose() {
    int room = lane.hand().room();
    if (room == 0) {
      return Set.of();
    }
    return lastListing.entrySet().stream()
        .filter(seen -> isSettled(seen.getValue()) && lane.hand().isFree(seen.getKey()))
        .sorted(OLDEST_FIRST)
        .limit(room)
        .map(Map.Entry::getKey)
        .collect(Collectors.toSet());
  }

  private boolean isSettled(Sighting sighting) {
    return nanoTime.getAsLong() - sighting.since() >= settle.toNanos();
  }

  @Override
  public boolean accept(GenericFile<File> file) {
    try {
      Path path = pathOf(file);
      FileStamp stamp = FileStamp.of(path);
      return switch (stamp.kind()) {
        case DIRECTORY -> !lanes.isAnothers(path, lane);
        case FILE -> !ignoredNames.ignores(file.getFileNameOnly()) && see(path, stamp);
        case LINK -> strays.leave(path, "it is a link; put the file itself here");
        case SPECIAL -> strays.leave(path, "it is no regular file");
      };
    } catch (NoSuchFileException e) {
      return false;
    } catch (InvalidPathException e) {
      return strays.leave(
          lane.directory(), "the name of a file in it cannot be read: run with a UTF-8 locale");
    } catch (IOException e) {
      return strays.leave(pathOf(file), "it cannot be looked at: " + e);
    }
  }

  private boolean see(Path path, FileStamp stamp) {
    Sighting before = lastListing.get(path);
    boolean unchanged = before != null && before.stamp().equals(stamp);
    listing.put(path, unchanged ? before : new Sighting(stamp, nanoTime.getAsLong()));
    return unchanged && chosen.contains(path);
  }

  /** Where the file lies, in the one spelling that is used for it everywhere. */
  static Path pathOf(GenericFile<File> file) {
    return file.getFile().toPath().toAbsolutePath().normalize();
  }

  /** A file that was let through, as it was seen to have settled. */
  DroppedFile handOver(Path path) {
    Sighting seen = listing.get(path);
    Duration unchanged = Duration.ofNanos(nanoTime.getAsLong() - seen.since());
    return new DroppedFile(lane, path, seen.stamp(), unchanged);
  }

  @Override
  public void commit(Consumer consumer, Endpoint endpoint, int polledMessages) {
    lastListing = listing;
    lane.hand().forgetAllBut(listing.keySet());
    strays.endOfListing();
  }

  @Override
  public boolean rollback(Consumer consumer, Endpoint endpoint, int retries, Exception cause) {
    strays.leave(lane.directory(), "it cannot be listed: " + cause.getMessage());
    return false;
  }

  public void setLane(Lane lane) {
    this.lane = lane;
  }

  public void setLanes(Lanes lanes) {
    this.lanes = lanes;
  }

  public void setHome(Home home) {
    this.home = home;
  }

  public void setIntake(Intake intake) {
    this.intake = intake;
  }

  public void setIgnoredNames(IgnoredNames ignoredNames) {
    this.ignoredNames = ignoredNames;
  }

  public void setSettle(String settle) {
    this.settle = Quantity.time(settle);
  }
}

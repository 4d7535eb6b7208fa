package io.mediadrop.source;

import io.mediadrop.base.ConfigurationMistake;
import io.mediadrop.base.Printable;
import io.mediadrop.base.Quantity;
import io.mediadrop.file.FileStamp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes folders below a watched one in which nothing has been seen for long, not even a hidden
 * file or a folder that is not entered. What another lane watches is such a folder.
 */
final class EmptyFolders {

  /**
   * What one listing has of a folder.
   *
   * @param stamp what it was before it was listed
   * @param entries how many things were in it
   */
  private record Listed(FileStamp stamp, int entries) {}

  /**
   * A folder with no files in it or below.
   *
   * @param stamp what it has been all the time
   * @param since since when, by a clock that nobody sets
   */
  private record Empty(FileStamp stamp, long since) {}

  private static final Logger LOG = LoggerFactory.getLogger("mediadrop.lane");

  private static final String KEEP = "keep";

  private final LongSupplier nanoTime;
  private final Optional<Duration> after;
  private Map<Path, Listed> listing = new HashMap<>();
  private Map<Path, Empty> empty = new HashMap<>();

  /** Removes folders after this time, or never. */
  EmptyFolders(LongSupplier nanoTime, Optional<Duration> after) {
    this.nanoTime = nanoTime;
    this.after = after;
  }

  /**
   * The time that a setting says; nothing for {@code keep}.
   *
   * @throws ConfigurationMistake if it is none
   */
  static Optional<Duration> time(String text) {
    try {
      return text.trim().equals(KEEP) ? Optional.empty() : Optional.of(Quantity.time(text));
    } catch (IllegalArgumentException e) {
      throw new ConfigurationMistake(
          "mediadrop.drop.empty-folders (MEDIADROP_DROP_EMPTY_FOLDERS) is '%s': write keep, or a time such as 1d"
              .formatted(text),
          e);
    }
  }

  void begin() {
    listing = new HashMap<>();
  }

  /** Notes a folder that was listed to its end. */
  void see(Path folder, FileStamp stamp, int entries) {
    listing.put(folder, new Listed(stamp, entries));
  }

  /**
   * Ends the listing, and removes what has been empty for long enough.
   *
   * @param laneFolder the lane's own, which stays
   * @param isAnothers whether a folder has become another lane's meanwhile
   */
  void end(Path laneFolder, Predicate<Path> isAnothers) {
    if (after.isEmpty()) {
      return;
    }
    long now = nanoTime.getAsLong();
    Map<Path, Empty> before = empty;
    empty = new HashMap<>();
    Map<Path, Integer> emptyIn = new HashMap<>();
    List<Path> deepestFirst =
        listing.keySet().stream()
            .filter(folder -> !folder.equals(laneFolder))
            .sorted(Comparator.comparingInt(Path::getNameCount).reversed())
            .toList();
    for (Path folder : deepestFirst) {
      Listed listed = listing.get(folder);
      if (listed.entries() == emptyIn.getOrDefault(folder, 0)) {
        emptyIn.merge(folder.getParent(), 1, Integer::sum);
        Empty known = before.get(folder);
        boolean same = known != null && known.stamp().equals(listed.stamp());
        empty.put(folder, same ? known : new Empty(listed.stamp(), now));
      }
    }
    deepestFirst.stream()
        .filter(folder -> isOld(folder, now) && !isAnothers.test(folder))
        .forEach(this::remove);
  }

  private boolean isOld(Path folder, long now) {
    Empty known = empty.get(folder);
    return known != null && now - known.since() >= after.orElseThrow().toNanos();
  }

  /** A folder in which something has come meanwhile is not removed by any system. */
  private void remove(Path folder) {
    Empty known = empty.remove(folder);
    try {
      FileStamp stamp = FileStamp.of(folder);
      if (stamp.kind() == FileStamp.Kind.DIRECTORY && stamp.key().equals(known.stamp().key())) {
        Files.delete(folder);
        LOG.info("{} was empty for long and is removed", Printable.of(folder));
      }
    } catch (IOException e) {
      LOG.debug("{} cannot be removed, which is tried again later", folder, e);
    }
  }
}

package io.mediadrop.upkeep;

import io.mediadrop.archive.Archive;
import io.mediadrop.drop.Drop;
import io.mediadrop.drop.DropState;
import io.mediadrop.file.Home;
import io.mediadrop.lane.Intake;
import io.mediadrop.lane.Intake.Trouble;
import io.mediadrop.ledger.Announcements;
import io.mediadrop.ledger.Ledger;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts away what had ended, but could not be put away because of a trouble of the disks. Where that
 * lasts, subscribers are told meanwhile: they may wait for the media and not for its original.
 */
class Leftovers {

  private static final Logger LOG = LoggerFactory.getLogger("mediadrop");

  private final Home home;
  private final Ledger ledger;
  private final Archive archive;
  private final Intake intake;
  private final Announcements announcements;
  private final Duration patience;

  /** When each was left for the first time, by the clock that nobody sets. */
  private Map<Long, Long> since = Map.of();

  private final Set<Long> announced = new HashSet<>();

  /** Subscribers are told after the patience of what cannot be put away. */
  Leftovers(
      Home home,
      Ledger ledger,
      Archive archive,
      Intake intake,
      Announcements announcements,
      Duration patience) {
    this.home = home;
    this.ledger = ledger;
    this.archive = archive;
    this.intake = intake;
    this.announcements = announcements;
    this.patience = patience;
  }

  /** Has one look: what was there at the last look too is put away, as soon as the disks allow. */
  void look() {
    if (!home.disks().areThere()) {
      intake.close(
          Trouble.FILING,
          "archive or failed in %s is gone or lies on another disk than at the start: mount it again"
              .formatted(home.root()));
    }
    List<Drop> left = left();
    if (!intake.has(Trouble.FILING) || home.disks().areWritable()) {
      // what has only just ended is its worker's
      archive.putAway(
          left.stream()
              .filter(drop -> since.containsKey(drop.id()) && !archive.has(drop))
              .toList());
      reopenFor(left);
    }
    long now = System.nanoTime();
    since =
        left.stream()
            .collect(Collectors.toMap(Drop::id, drop -> since.getOrDefault(drop.id(), now)));
    announced.retainAll(since.keySet());
    left.stream()
        .filter(drop -> now - since.get(drop.id()) >= patience.toNanos())
        .filter(drop -> !archive.has(drop) && !announced.contains(drop.id()))
        .forEach(this::announce);
  }

  private void announce(Drop drop) {
    String why = archive.whyNotPutAway(drop);
    if (announcements.announce(drop, why)) {
      LOG.info("{} is announced, though it is not put away yet: {}", drop, why);
    }
    announced.add(drop.id());
  }

  private void reopenFor(List<Drop> left) {
    if (intake.has(Trouble.FILING)
        && left.stream().allMatch(drop -> home.disks().canTake(drop.source(), drop.size()))) {
      intake.reopen(Trouble.FILING);
    }
  }

  private List<Drop> left() {
    return Stream.of(DropState.UPLOADED, DropState.FAILED)
        .flatMap(state -> ledger.in(state).stream())
        .toList();
  }
}

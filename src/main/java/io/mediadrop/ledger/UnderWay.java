package io.mediadrop.ledger;

import io.mediadrop.drop.Drop;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Who works on which drop. That is in memory alone, as the home is locked and nobody else can have
 * one; so is what else is under way, as far as it takes to spare most files a search.
 */
final class UnderWay {

  /**
   * What goes before a drop of the same connection and size.
   *
   * @param inHand what is worked on
   * @param othersRest whether there may be more, of which the ledger alone knows
   */
  record Before(List<Drop> inHand, boolean othersRest) {

    private static final Before NOTHING = new Before(List.of(), false);
  }

  /** What is worked on, by its id, as it was when a change of it was handed in last. */
  private final Map<Long, Drop> inHand = new HashMap<>();

  /** By their sizes those that nobody works on; some may have ended since. */
  private final Map<Long, Set<Long>> atRest = new HashMap<>();

  /** The drop is somebody's until it is let go. */
  synchronized Drop taken(Drop drop) {
    inHand.put(drop.id(), drop);
    Set<Long> resting = atRest.getOrDefault(drop.size(), Set.of());
    if (resting.contains(drop.id()) && resting.remove(drop.id()) && resting.isEmpty()) {
      atRest.remove(drop.size());
    }
    return drop;
  }

  /** What has become of a drop; nothing if nobody works on it. */
  synchronized Drop moved(Drop drop) {
    inHand.replace(drop.id(), drop);
    return drop;
  }

  /** As it was when a change of it was handed in last; null if nobody works on it. */
  synchronized Drop inHand(long id) {
    return inHand.get(id);
  }

  /** Nobody works on it any more. */
  synchronized void letGo(long id) {
    Drop drop = inHand.remove(id);
    if (drop != null && isBeforeUpload(drop)) {
      rests(id, drop.size());
    }
  }

  /** Its upload is on the disk. */
  synchronized void uploaded(long id) {
    inHand.remove(id);
  }

  /** It is under way, and nobody works on it. */
  synchronized boolean rests(long id, long size) {
    return atRest.computeIfAbsent(size, one -> new HashSet<>(2)).add(id);
  }

  /**
   * What was claimed earlier than the drop, or has a session already; nothing goes before one that
   * has its session.
   */
  synchronized Before before(Drop drop) {
    if (drop.plan() != null) {
      return Before.NOTHING;
    }
    List<Drop> earlier =
        inHand.values().stream()
            .filter(other -> other.size() == drop.size() && other.id() != drop.id())
            .filter(other -> isBeforeUpload(other) && other.connection().equals(drop.connection()))
            .filter(other -> other.plan() != null || other.claimedAt() < drop.claimedAt())
            .toList();
    return new Before(earlier, atRest.containsKey(drop.size()));
  }

  private static boolean isBeforeUpload(Drop drop) {
    return drop.isToUpload() || drop.isInDoubt();
  }
}

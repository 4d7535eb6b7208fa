package io.mediadrop.api.pace;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Those who wait for a call, the most urgent first. After a few calls for uploads that were begun,
 * it is the turn of whoever begins something new, so that nobody waits for ever. For one thread at
 * a time.
 */
final class CallQueue {

  /** One who waits. */
  record Waiting(Priority priority, long number) {}

  private static final int TURN = 7;

  private static final Comparator<Waiting> URGENT_FIRST =
      Comparator.comparing(Waiting::priority).thenComparingLong(Waiting::number);
  private static final Comparator<Waiting> URGENT_LAST =
      Comparator.comparing(Waiting::priority).reversed().thenComparingLong(Waiting::number);

  private final List<Waiting> waiting = new ArrayList<>();
  private long numbers;
  private int urgentInARow;

  Waiting join(Priority priority) {
    Waiting joined = new Waiting(priority, ++numbers);
    waiting.add(joined);
    return joined;
  }

  void leave(Waiting left) {
    waiting.remove(left);
  }

  boolean isNext(Waiting one) {
    boolean newOnes = waiting.stream().anyMatch(each -> each.priority().isNew());
    return waiting.stream()
        .min(newOnes && isTurnOfNew() ? URGENT_LAST : URGENT_FIRST)
        .filter(one::equals)
        .isPresent();
  }

  /** One has got what it waited for. */
  void served(Priority priority) {
    urgentInARow = priority.isNew() ? 0 : urgentInARow + 1;
  }

  /** Whether so many calls went to uploads that were begun that one is due to a new one. */
  boolean isTurnOfNew() {
    return urgentInARow >= TURN;
  }

  boolean isEmpty() {
    return waiting.isEmpty();
  }

  /** How many wait for anything but a new upload, whose calls were reckoned with already. */
  long others() {
    return waiting.stream().filter(each -> each.priority() != Priority.NEW).count();
  }
}

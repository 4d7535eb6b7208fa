package io.mediadrop.console;

import java.net.Socket;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.hc.core5.http.impl.io.HttpService;

/** Who is connected, and who has to go. */
final class Seats {

  /** Enough for some pages, a monitoring system and commands at once. */
  static final int MOST = 32;

  private final Set<Seat> taken = ConcurrentHashMap.newKeySet();
  private final CallerLog callers;

  Seats(CallerLog callers) {
    this.callers = callers;
  }

  boolean isEmpty() {
    return taken.isEmpty();
  }

  /** Whether somebody may come in: a seat is free, or somebody lets others wait. */
  boolean hasRoom() {
    return taken.size() < MOST || slowest().isPresent();
  }

  /** A seat for a client, that of the slowest one if all are taken. */
  Seat take(Socket client, HttpService service) {
    if (taken.size() >= MOST) {
      slowest().ifPresent(Seat::cut);
    }
    Seat seat = new Seat(client, service, this, callers);
    taken.add(seat);
    return seat;
  }

  void leave(Seat seat) {
    taken.remove(seat);
  }

  private Optional<Seat> slowest() {
    return taken.stream()
        .filter(seat -> seat.patience().mayGoToOthers())
        .min(Comparator.comparingLong(seat -> seat.patience().since()));
  }

  /** Cuts off whoever has let us wait too long. */
  void clearOverdue() {
    taken.stream().filter(seat -> seat.patience().isOver()).forEach(Seat::cut);
  }

  /** Cuts off everybody. */
  void clear() {
    taken.forEach(Seat::cut);
  }
}

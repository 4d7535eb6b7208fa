package io.mediadrop.console;

import java.io.IOException;
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

  boolean isEmpty() {
    return taken.isEmpty();
  }

  /** A seat for a client; null, and he is gone, if all are taken by others who are being served. */
  Seat take(Socket client, HttpService service) throws IOException {
    if (taken.size() >= MOST && !makeRoom()) {
      client.close();
      return null;
    }
    Seat seat = new Seat(client, service, this);
    taken.add(seat);
    return seat;
  }

  void leave(Seat seat) {
    taken.remove(seat);
  }

  private boolean makeRoom() {
    Optional<Seat> slowest =
        taken.stream()
            .filter(seat -> seat.patience().mayGoToOthers())
            .min(Comparator.comparingLong(seat -> seat.patience().since()));
    slowest.ifPresent(Seat::cut);
    return slowest.isPresent();
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

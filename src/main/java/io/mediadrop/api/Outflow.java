package io.mediadrop.api;

import java.io.IOException;
import java.io.OutputStream;

/** What goes out of a body, no faster than it may, and how far it has come. */
final class Outflow {

  private final Bandwidth.Share share;
  private volatile long sent;
  private volatile long movedAt = System.nanoTime();
  private volatile boolean held;

  Outflow(Bandwidth.Share share) {
    this.share = share;
  }

  /** Nothing is sent yet, or nothing of what was counts. */
  void begin() {
    sent = 0;
  }

  void write(OutputStream out, byte[] bytes, int from, int number) throws IOException {
    for (int at = from, turn; at < from + number; at += turn) {
      turn = share.turn(from + number - at);
      hold(turn);
      out.write(bytes, at, turn);
      sent += turn;
      movedAt = System.nanoTime();
    }
  }

  /** Whoever waits for his turn does not wait for the peer. */
  private void hold(int bytes) throws IOException {
    held = true;
    try {
      share.await(bytes);
    } finally {
      movedAt = System.nanoTime();
      held = false;
    }
  }

  long sent() {
    return sent;
  }

  /** When it was seen last that the peer is not to blame, by {@link System#nanoTime()}. */
  long movedAt() {
    return held ? System.nanoTime() : movedAt;
  }
}

package io.mediadrop.api;

import io.mediadrop.drop.Drop;
import io.mediadrop.drop.Part;
import io.mediadrop.lane.Place;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;

/** The parts of one file that are still to be sent, shared by all who send them. */
public final class PartsToSend {

  private final Drop drop;
  private final Place place;
  private final int inFlight;
  private final Queue<Part> left;
  private final AtomicReference<Exception> failure = new AtomicReference<>();
  private volatile String checksum;

  PartsToSend(Drop drop, Place place, int inFlight, List<Part> left) {
    this.drop = drop;
    this.place = place;
    this.inFlight = inFlight;
    this.left = new ConcurrentLinkedQueue<>(left);
  }

  /** Whose parts they are. */
  public Drop drop() {
    return drop;
  }

  /** The place of their file among those that are uploaded at once; null if it has none. */
  Place place() {
    return place;
  }

  /** A number for each part that may be in flight. */
  public List<Integer> senders() {
    return IntStream.range(0, inFlight).boxed().toList();
  }

  /** Takes the next part; null if there is none left, or one could not be sent. */
  Part next() {
    return failure.get() == null ? left.poll() : null;
  }

  /** All parts were sent, and this is the checksum of the file; null if that is not known. */
  void sent(String whole) {
    checksum = whole;
  }

  /** The checksum of all that was sent; null if it is not known. */
  String checksum() {
    return checksum;
  }

  /** Says that a part could not be sent: nobody begins another one. */
  void fail(Exception cause) {
    failure.compareAndSet(null, cause);
  }

  /** Why the first part that failed could not be sent; null if none has. */
  Exception failure() {
    return failure.get();
  }
}

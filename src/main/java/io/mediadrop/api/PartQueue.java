package io.mediadrop.api;

import io.mediadrop.drop.Part;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicReference;

/** One taker's view of the parts that several takers share. */
public class PartQueue {

  private final Queue<Part> shared;
  private final AtomicReference<Exception> failure;
  private Part next;

  PartQueue(Queue<Part> shared, AtomicReference<Exception> failure) {
    this.shared = shared;
    this.failure = failure;
  }

  /** Takes a part from the shared ones; false if there is none left, or one could not be sent. */
  public boolean isHasNext() {
    next = failure.get() == null ? shared.poll() : null;
    return next != null;
  }

  /** The part that was taken. */
  public Part getNext() {
    return next;
  }

  /** Says that a part could not be sent: no taker begins another one. */
  void fail(Exception cause) {
    failure.compareAndSet(null, cause);
  }

  /** Why the first part that failed could not be sent; null if none has. */
  Exception failure() {
    return failure.get();
  }
}

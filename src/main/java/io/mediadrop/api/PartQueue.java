package io.mediadrop.api;

import java.util.Queue;

/** One taker's view of the parts that several takers share. */
public class PartQueue {

  private final Queue<Part> shared;
  private Part next;

  PartQueue(Queue<Part> shared) {
    this.shared = shared;
  }

  /** Takes a part from the shared ones; false if there is none left. */
  public boolean isHasNext() {
    next = shared.poll();
    return next != null;
  }

  /** The part that was taken. */
  public Part getNext() {
    return next;
  }
}

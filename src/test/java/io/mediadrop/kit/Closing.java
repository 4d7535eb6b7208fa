package io.mediadrop.kit;

import java.util.ArrayDeque;
import java.util.Deque;

/** What is to be closed, the newest first, also where one of them fails. */
final class Closing {

  private final Deque<AutoCloseable> open = new ArrayDeque<>();

  <T extends AutoCloseable> T add(T resource) {
    open.push(resource);
    return resource;
  }

  void closeAll() {
    AssertionError failures = null;
    while (!open.isEmpty()) {
      try {
        open.pop().close();
      } catch (Exception | AssertionError e) {
        failures = failures == null ? new AssertionError("not closed as it should", e) : failures;
        failures.addSuppressed(e);
      }
    }
    if (failures != null) {
      throw failures;
    }
  }
}

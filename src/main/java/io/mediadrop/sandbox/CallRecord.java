package io.mediadrop.sandbox;

import java.util.List;

/** Fills in what is known of a call while it runs. */
final class CallRecord {
  private final Call start;
  private volatile int status;
  private volatile long bytesReceived;
  private volatile long endNanos;

  CallRecord(
      int number, Route route, String method, String path, String connection, List<String> names) {
    start = new Call(number, route, method, path, 0, connection, names, 0, System.nanoTime(), 0);
  }

  String connection() {
    return start.connection();
  }

  void received(long bytes) {
    bytesReceived = bytes;
  }

  void answered(int status) {
    this.status = status;
    end();
  }

  void end() {
    if (endNanos == 0) {
      endNanos = System.nanoTime();
    }
  }

  Call call() {
    return new Call(
        start.number(),
        start.route(),
        start.method(),
        start.path(),
        status,
        start.connection(),
        start.headerNames(),
        bytesReceived,
        start.startNanos(),
        endNanos);
  }
}

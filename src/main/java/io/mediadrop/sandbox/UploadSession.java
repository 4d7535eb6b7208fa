package io.mediadrop.sandbox;

import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** One upload from init to its use: open, then complete, then consumed. */
final class UploadSession {
  private final String id;
  private final InitRequest file;
  private final Connection connection;
  private final Layout layout;
  private final Instant expiresAt;
  private final Refusals refusals;
  private final Map<Integer, StoredPart> parts = new TreeMap<>();
  private MediaItem item;
  private boolean consumed;

  UploadSession(
      String id,
      InitRequest file,
      Connection connection,
      Layout layout,
      Instant expiresAt,
      Refusals refusals) {
    this.id = id;
    this.file = file;
    this.connection = connection;
    this.layout = layout;
    this.expiresAt = expiresAt;
    this.refusals = refusals;
  }

  /** The length a part must have. */
  synchronized long expectPart(int number) throws Refused {
    expectOpen();
    if (!layout.has(number)) {
      throw refusals.of(Refusal.WRONG_PART_NUMBER);
    }
    return layout.length(number);
  }

  /** Keeps a part; one that was there before is replaced. */
  synchronized void accept(int number, StoredPart part) throws Refused, IOException {
    expectOpen();
    expectLength(layout.length(number), part.length());
    StoredPart former = parts.put(number, part);
    if (former != null) {
      former.discard();
    }
  }

  synchronized void expectWhole() throws Refused {
    expectOpen();
    if (layout.multipart()) {
      throw refusals.of(Refusal.WHOLE_INSTEAD_OF_PARTS);
    }
  }

  void expectLength(long expected, long actual) throws Refused {
    if (expected != actual) {
      throw refusals.of(Refusal.WRONG_LENGTH);
    }
  }

  /** The parts in order, once all are there. */
  synchronized Map<Integer, StoredPart> allParts() throws Refused {
    if (item != null) {
      throw refusals.of(Refusal.COMPLETED_TWICE);
    }
    if (parts.size() < layout.parts()) {
      throw refusals.of(Refusal.MISSING_PART);
    }
    return parts;
  }

  synchronized void complete(MediaItem finished) throws Refused, IOException {
    expectOpen();
    item = finished;
    discard();
  }

  /** Marks the upload as used by a post or message, which may happen once. */
  synchronized void consume() throws Refused {
    if (item == null || consumed || !item.isReady()) {
      throw Refused.badRequest("Upload reference is not finished, not ready or already used");
    }
    consumed = true;
    item.use();
  }

  synchronized void discard() throws IOException {
    for (StoredPart part : parts.values()) {
      part.discard();
    }
    parts.clear();
  }

  /** The finished medium, or null. */
  synchronized MediaItem item() {
    return item;
  }

  synchronized Set<Integer> received() {
    return new TreeSet<>(parts.keySet());
  }

  private void expectOpen() throws Refused {
    if (item != null) {
      throw refusals.of(Refusal.AFTER_COMPLETION);
    }
  }

  boolean hasExpired(Instant now) {
    return !now.isBefore(expiresAt);
  }

  String id() {
    return id;
  }

  InitRequest file() {
    return file;
  }

  Connection connection() {
    return connection;
  }

  Layout layout() {
    return layout;
  }

  Instant expiresAt() {
    return expiresAt;
  }
}

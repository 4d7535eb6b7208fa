package bench;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** What has been counted since a reset, and how uploads are answered until the next one. */
final class Tally {
  final long partSize;
  final long heldTo;
  final AtomicLong calls = new AtomicLong();
  final AtomicLong bytes = new AtomicLong();
  final AtomicLong firstCall = new AtomicLong();
  final AtomicLong firstContent = new AtomicLong();
  private final Set<String> uploads = ConcurrentHashMap.newKeySet();
  private final AtomicLong complete = new AtomicLong();
  final AtomicLong files = new AtomicLong();
  final Map<Long, Runnable> marks = new ConcurrentHashMap<>();
  private final Map<String, Long> opened = new ConcurrentHashMap<>();
  private volatile long lastAnswer;

  Tally(long partSize, long heldTo) {
    this.partSize = partSize;
    this.heldTo = heldTo;
  }

  void called(long time) {
    calls.incrementAndGet();
    firstCall.compareAndSet(0, time);
  }

  /** A session is asked for. */
  void opens(String name, long time) {
    opened.putIfAbsent(name, time);
  }

  /** When a session was first asked for a file whose name begins so; 0 if never. */
  long firstOpened(String beginning) {
    return opened.entrySet().stream()
        .filter(session -> session.getKey().startsWith(beginning))
        .mapToLong(Map.Entry::getValue)
        .min()
        .orElse(0);
  }

  long lastAnswer() {
    return lastAnswer;
  }

  /** An upload is there as a whole; its answer is sent next, and the program may end then. */
  void uploaded(String id) {
    if (uploads.add(id)) {
      lastAnswer = System.nanoTime();
      Runnable mark = marks.get(complete.incrementAndGet());
      if (mark != null) {
        mark.run();
      }
      files.incrementAndGet(); // last, so that who waits for it finds what the mark has noted
    }
  }

  /** Waits until so many files are there; false if that takes too long or the peer has ended. */
  boolean await(long wanted, Peer peer, Duration longest) throws InterruptedException {
    long since = System.nanoTime();
    while (files.get() < wanted) {
      boolean ended = !peer.isAlive();
      TimeUnit.MILLISECONDS.sleep(20);
      if (files.get() < wanted && (ended || System.nanoTime() - since > longest.toNanos())) {
        return false;
      }
    }
    return true;
  }

  /** From the first call to the answer to the last upload. */
  double seconds() {
    return (lastAnswer - firstCall.get()) / 1e9;
  }

  /** From the first PUT to the answer to the last upload. */
  double contentSeconds() {
    return (lastAnswer - firstContent.get()) / 1e9;
  }
}

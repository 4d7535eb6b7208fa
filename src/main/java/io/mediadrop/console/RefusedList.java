package io.mediadrop.console;

import io.mediadrop.archive.Retry;
import io.mediadrop.base.Printable;
import io.mediadrop.file.Home;
import io.mediadrop.ledger.FailedFiles;
import io.mediadrop.ledger.FailedFiles.Failed;
import io.mediadrop.ledger.Ledger;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Stream;

/** The files that were refused and still lie where they were put, for people. */
final class RefusedList {

  /**
   * One of them, in the words of its {@code .reason.txt}.
   *
   * @param id by which it is asked for
   * @param name its path below its lane's folder, made safe to be read
   * @param at when it was refused, in UTC
   * @param fault whose fault that is
   * @param retry whether it can be put back from here
   */
  record Line(
      long id,
      String lane,
      String name,
      String at,
      String what,
      String fault,
      String remedy,
      boolean retry) {}

  private final Ledger ledger;
  private final Retry retry;
  private List<Failed> known = List.of();
  private long knownAt = -1;

  RefusedList(Home home, Ledger ledger) {
    this.ledger = ledger;
    retry = new Retry(home.failed(), home.data());
  }

  /** What puts them back. */
  Retry retry() {
    return retry;
  }

  /** All that lie there, the one that was refused last first. */
  Stream<Failed> all() {
    return known().stream().filter(retry::isThere);
  }

  /** The ledger is asked only after it has changed: pages ask every other second. */
  private synchronized List<Failed> known() {
    long changes = ledger.changes();
    if (changes != knownAt) {
      known = ledger.read(FailedFiles::all).stream().sorted(RefusedList::lastFirst).toList();
      knownAt = changes;
    }
    return known;
  }

  private static int lastFirst(Failed one, Failed other) {
    return Long.compare(other.failedAt(), one.failedAt());
  }

  /** What a person reads of one. */
  Line lineOf(Failed file) {
    return new Line(
        file.id(),
        file.lane(),
        Printable.of(file.path()),
        Instant.ofEpochMilli(file.failedAt()).truncatedTo(ChronoUnit.SECONDS).toString(),
        Printable.of(file.reason().what()),
        Printable.of(file.reason().fault()),
        Printable.of(file.reason().remedy()),
        retry.isPossible(file));
  }
}

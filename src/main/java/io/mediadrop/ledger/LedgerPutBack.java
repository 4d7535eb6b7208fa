package io.mediadrop.ledger;

import io.mediadrop.base.ConfigurationMistake;
import io.mediadrop.file.Home;
import io.mediadrop.file.SafeMove;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Puts a copy of a ledger in its place, in a home that nobody else works in. */
public final class LedgerPutBack {

  /** Such as {@code 20261130T041500.123Z}. */
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss.SSS'Z'").withZone(ZoneOffset.UTC);

  private final Path ledger;
  private final Home home;

  /**
   * In the place at this address.
   *
   * @param home which is open
   * @throws ConfigurationMistake if that is in no file
   */
  public LedgerPutBack(String url, Home home) {
    ledger = SqliteFile.at(url);
    this.home = home;
    SqliteLibrary.load(home.data());
  }

  /**
   * Puts it there. The next start finds the ledger older than its home.
   *
   * @return what the ledger that was there is called now; null if there was none
   * @throws ConfigurationMistake if the copy is none of a ledger, or is damaged, or another process
   *     uses the ledger
   */
  public Path put(Path copy, Instant now) throws IOException {
    requireWhole(copy);
    LedgerLock lock = LedgerLock.ofFile(ledger.toString(), home.data());
    if (lock == null) {
      throw new ConfigurationMistake("another mediadrop uses the ledger " + ledger + ": stop it");
    }
    try (lock) {
      Path begun = beside(".restored");
      Files.deleteIfExists(begun);
      Files.createFile(begun);
      new SqliteFile(copy, true).copyTo(begun);
      SafeMove.syncFile(begun);
      Path kept = Files.exists(ledger) ? setAside(now) : null;
      Files.move(begun, ledger, StandardCopyOption.ATOMIC_MOVE);
      SafeMove.syncFolder(ledger.getParent());
      home.makePrivate("ledger.db");
      return kept;
    }
  }

  private static void requireWhole(Path copy) {
    if (!Files.isRegularFile(copy)) {
      throw new ConfigurationMistake("there is no file " + copy);
    }
    SqliteFile file = new SqliteFile(copy, true);
    String state = file.run("PRAGMA quick_check(1)");
    if (!"ok".equals(state)) {
      throw new ConfigurationMistake(copy + " is damaged: " + state + ": take an earlier copy");
    }
    file.run("SELECT COUNT(*) FROM flyway_schema_history");
  }

  /** It keeps its log, without which it would lack what was done last. */
  private Path setAside(Instant now) throws IOException {
    Path kept =
        ledger.resolveSibling(
            ledger.getFileName().toString().replaceFirst("\\.db$", "")
                + "-until-"
                + TIME.format(now)
                + ".db");
    Files.copy(ledger, kept, StandardCopyOption.COPY_ATTRIBUTES);
    SafeMove.syncFile(kept);
    if (Files.exists(beside("-wal"))) {
      Files.move(beside("-wal"), kept.resolveSibling(kept.getFileName() + "-wal"));
    }
    Files.deleteIfExists(beside("-shm"));
    SafeMove.syncFolder(ledger.getParent());
    return kept;
  }

  private Path beside(String suffix) {
    return ledger.resolveSibling(ledger.getFileName() + suffix);
  }
}

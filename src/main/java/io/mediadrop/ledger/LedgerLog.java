package io.mediadrop.ledger;

import io.mediadrop.base.PassingTrouble;
import io.mediadrop.file.SafeMove;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps what SQLite has left in the log of a ledger from being mixed with a copy that was put in
 * the ledger's place. Each run writes a number of its own into the ledger's first page, where a log
 * never changes it, and beside it.
 */
final class LedgerLog {

  private static final Logger LOG = LoggerFactory.getLogger("mediadrop");

  /** Where SQLite keeps the number that is the application's. */
  private static final int USER_VERSION = 60;

  private final Path ledger;
  private final Path numbers;
  private String own;

  /** Of the ledger in this file. */
  LedgerLog(Path ledger) {
    this.ledger = ledger;
    numbers = beside("-run");
  }

  /**
   * Moves the log away that belongs to another ledger than the one that lies there now. Nothing of
   * this process may have the ledger open: closing it here would take SQLite's locks.
   */
  void requireOwn() throws IOException {
    String number = number();
    own = Files.exists(numbers) ? Files.readString(numbers).strip() : number;
    if (!List.of(own.split(" ")).contains(number)) {
      setAside(own.substring(own.lastIndexOf(' ') + 1));
      own = number;
    }
  }

  private void setAside(String run) throws IOException {
    Path log = beside("-wal");
    if (!Files.exists(log) || Files.size(log) == 0) {
      return;
    }
    Path aside = beside("-wal-of-" + run);
    Files.move(log, aside, StandardCopyOption.REPLACE_EXISTING);
    Files.deleteIfExists(beside("-shm"));
    SafeMove.syncFolder(ledger.getParent());
    LOG.warn(
        "The ledger {} is not the one that its log (-wal) was written for: a copy was put in its place."
            + " The log is moved to {}, which you can delete once all is well",
        ledger,
        aside.getFileName());
  }

  /** Gives the ledger, which nobody else reads now, the number of this run. */
  void mark(Statement statement) throws IOException, SQLException {
    String run = Integer.toString(1 + new SecureRandom().nextInt(Integer.MAX_VALUE - 1));
    try {
      // until the one is where the other was, each of them is right
      write(own + " " + run);
      statement.execute("PRAGMA user_version = " + run);
      if (isEmptied(statement)) {
        write(run);
      }
    } catch (IOException | SQLException e) {
      if (PassingTrouble.in(e) == null) {
        throw e;
      }
      LOG.debug("the disk is full: the number of the run before is as good", e);
    }
  }

  /** Takes all that is in the log to its places. */
  private static boolean isEmptied(Statement statement) throws SQLException {
    try (ResultSet result = statement.executeQuery("PRAGMA wal_checkpoint(TRUNCATE)")) {
      return result.next() && result.getInt(1) == 0;
    }
  }

  private void write(String text) throws IOException {
    SafeMove.replace(numbers, (text + "\n").getBytes(StandardCharsets.US_ASCII));
  }

  private String number() throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(ledger.toFile(), "r")) {
      file.seek(USER_VERSION);
      return file.length() <= USER_VERSION ? "0" : Integer.toString(file.readInt());
    }
  }

  private Path beside(String suffix) {
    return ledger.resolveSibling(ledger.getFileName() + suffix);
  }
}

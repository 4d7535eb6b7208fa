package io.mediadrop.ledger;

import io.mediadrop.file.Home;
import io.mediadrop.file.SafeMove;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jdbi.v3.core.JdbiException;

/**
 * Gives drops their ids: numbers that grow, and that no drop gets a second time, whatever a crash
 * has taken of the first one, and also where an older ledger was put back. They come from memory,
 * below a mark that is on the disk before one of them is used: in the ledger and then in the home.
 */
public class DropIds {

  /** How far the mark is moved on at a time. */
  private static final long STRETCH = 10_000;

  static final String FACT = "ids";

  private static final String FILE = "ids";

  /** What a ledger has given already: the end of each table, and not all rows of the view. */
  static final String NEWEST =
      "SELECT MAX(id) FROM (SELECT MAX(id) AS id FROM work UNION ALL SELECT MAX(id) FROM uploads"
          + " UNION ALL SELECT MAX(id) FROM ended) AS newest";

  private final Ledger ledger;
  private final Path file;
  private long next;
  private long mark;

  /** The ids of the ledger of this home. */
  public DropIds(Ledger ledger, Home home) {
    this.ledger = ledger;
    file = home.data().resolve(FILE);
  }

  /**
   * An id that no drop has had.
   *
   * @throws JdbiException if the mark cannot be moved on, which closes the intake
   */
  public synchronized long next() {
    if (next == mark) {
      moveOn();
    }
    return next++;
  }

  private void moveOn() {
    long first = mark > 0 ? mark : 1 + Math.max(newest(), written());
    long reached =
        ledger.write(
            handle -> {
              long last = first + STRETCH;
              Sql.update(
                  handle,
                  "INSERT INTO facts (name, value) VALUES (?, ?)"
                      + " ON CONFLICT (name) DO UPDATE SET value = excluded.value",
                  FACT,
                  Long.toString(last));
              return last;
            });
    ledger.sync();
    try {
      SafeMove.replace(file, (reached + "\n").getBytes(StandardCharsets.US_ASCII));
    } catch (IOException e) {
      throw ledger.unwritable(e);
    }
    next = first;
    mark = reached;
  }

  private long newest() {
    return ledger.read(
        handle -> {
          long inUse = Sql.first(handle, row -> row.getLong(1), NEWEST).orElseThrow();
          long noted =
              Sql.first(
                      handle,
                      row -> Long.parseLong(row.getString(1)),
                      "SELECT value FROM facts WHERE name = ?",
                      FACT)
                  .orElse(0L);
          return Math.max(inUse, noted);
        });
  }

  private long written() {
    try {
      return given(file.getParent());
    } catch (IOException e) {
      throw ledger.unwritable(e);
    }
  }

  /** Up to where drops may have ids, by a home's data; 0 if there is no mark. */
  static long given(Path data) throws IOException {
    Path file = data.resolve(FILE);
    try {
      return Files.exists(file) ? Long.parseLong(Files.readString(file).strip()) : 0;
    } catch (IOException | NumberFormatException e) {
      throw new IOException("%s cannot be read: %s".formatted(file, e.getMessage()), e);
    }
  }
}

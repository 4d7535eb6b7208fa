package io.mediadrop.ledger;

import io.mediadrop.base.ConfigurationMistake;
import io.mediadrop.base.Digests;
import io.mediadrop.file.Home;
import io.mediadrop.file.SafeMove;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import org.jdbi.v3.core.JdbiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How far ledger and home have come together: a number that both have, and that grows in the ledger
 * first. Where the ledger's is the lower one, an older copy of it was put back.
 */
public class LedgerAge {

  private static final Logger LOG = LoggerFactory.getLogger("mediadrop");

  /** How much of what was done may go unnoticed where a copy is put back after a crash. */
  private static final Duration STEP = Duration.ofSeconds(30);

  private static final String NAME = "age";

  private final Ledger ledger;
  private final Path file;
  private final boolean older;
  private final boolean own;
  private long age;
  private long changes = -1;
  private long raisedAt;

  /**
   * Compares the two as they are at the start.
   *
   * @throws ConfigurationMistake if the home's number cannot be read
   */
  public LedgerAge(Ledger ledger, Home home) {
    this.ledger = ledger;
    file = home.data().resolve(NAME);
    try {
      String[] homes = Files.exists(file) ? Files.readString(file).strip().split(" ") : null;
      long reached = homes == null ? DropIds.given(home.data()) : Long.parseLong(homes[0]);
      long ledgers = Long.parseLong(fact(homes == null ? DropIds.FACT : NAME).orElse("0"));
      older = ledgers < reached;
      own = homes != null && homes[1].equals(mark());
      age = homes == null ? 0 : Math.max(ledgers, reached);
    } catch (IOException | RuntimeException e) {
      throw new ConfigurationMistake(
          "%s cannot be read (%s): allow it, or put it back from a copy of the home"
              .formatted(file, e.getMessage()),
          e);
    }
  }

  /** Whether the home has come further than its ledger. */
  public boolean isOlder() {
    return older;
  }

  /** Whether it was this ledger, or a copy, that the home had before. */
  public boolean isOwn() {
    return own;
  }

  /** Both come to the next number, on the disk; what was copied before is older from here on. */
  synchronized void raise() {
    age++;
    ledger.write(
        handle ->
            Sql.update(
                handle,
                "INSERT INTO facts (name, value) VALUES (?, ?)"
                    + " ON CONFLICT (name) DO UPDATE SET value = excluded.value",
                NAME,
                Long.toString(age)));
    try {
      SafeMove.replace(file, (age + " " + mark() + "\n").getBytes(StandardCharsets.US_ASCII));
    } catch (IOException e) {
      throw ledger.unwritable(e);
    }
    changes = ledger.changes();
    raisedAt = System.nanoTime();
  }

  /** The same now and then, if anything was changed since. */
  public void look() {
    if (System.nanoTime() - raisedAt >= STEP.toNanos() && ledger.changes() != changes) {
      raise();
    }
  }

  /** The same at a start or a stop, which a ledger that cannot be written does not hold up. */
  public void raiseIfPossible() {
    try {
      raise();
    } catch (JdbiException e) {
      LOG.debug("the ledger cannot be written, which the intake tells", e);
    }
  }

  private Optional<String> fact(String name) {
    return ledger.read(
        handle ->
            Sql.first(
                handle, row -> row.getString(1), "SELECT value FROM facts WHERE name = ?", name));
  }

  /** Tells ledgers apart, by what each has drawn for itself. */
  private String mark() {
    String salt = fact(Connections.SALT).orElseThrow();
    return HexFormat.of().formatHex(Digests.sha256("age " + salt), 0, 8);
  }
}

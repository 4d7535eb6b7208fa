package io.mediadrop.ledger;

import io.mediadrop.base.ConfigurationMistake;
import io.mediadrop.base.PassingTrouble;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.Map;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The tables of a ledger, and how those of an older one become what this program needs. */
final class LedgerSchema {

  private static final Logger LOG = LoggerFactory.getLogger("mediadrop");

  /** Not where Flyway looks by itself: an application around mediadrop has its own there. */
  private static final String MIGRATIONS = "classpath:io/mediadrop/ledger/migration";

  /** The newest of the migrations. */
  static final int VERSION = 20;

  private final String name;
  private final long given;

  /**
   * The tables of the ledger that people know by this name.
   *
   * @param given up to where drops of its home may have ids: an older copy may have been put back
   */
  LedgerSchema(String name, long given) {
    this.name = name;
    this.given = given;
  }

  /** Which of the migrations a ledger has seen; 0 if it is new. */
  static int versionOf(Statement statement) throws SQLException {
    try (ResultSet result =
        statement.executeQuery(
            "SELECT MAX(CAST(version AS INTEGER)) FROM flyway_schema_history WHERE success")) {
      return result.next() ? result.getInt(1) : 0;
    } catch (SQLException e) {
      if (PassingTrouble.in(e) != null) {
        throw e;
      }
      // a new database has no such table
      return 0;
    }
  }

  /**
   * Brings it up to date, wholly or not at all.
   *
   * @param source where connections can be had on which no table takes rows of others with it
   * @param file where it lies, so that a copy is kept beside it; null if that is not for us to do
   * @throws ConfigurationMistake if this program cannot do that
   */
  void bringUpToDate(Statement statement, DataSource source, Path file)
      throws SQLException, IOException {
    int version = versionOf(statement);
    if (version > VERSION) {
      throw new ConfigurationMistake(
          "the ledger %s was written by a newer mediadrop (schema %d, this one knows %d): run that one"
              .formatted(name, version, VERSION));
    }
    // Flyway takes longer to look than the rest of the start, so it is asked only when needed
    if (version == VERSION) {
      return;
    }
    if (version > 0 && file != null) {
      Path copy = new LedgerCopy(file).make(statement, version, Instant.now());
      LOG.info(
          "The ledger {} is brought up to date, which can take minutes; as it was it is kept in {}",
          name,
          copy);
    }
    migrate(source);
    requireNewest(versionOf(statement));
    if (version > 0 && file != null) {
      // the log has held all of it, and would stay as long as that
      statement.execute("PRAGMA wal_checkpoint(TRUNCATE)");
    }
  }

  /** With the class loader that has the migrations: that of the thread may be a host's own. */
  private void migrate(DataSource source) {
    Flyway.configure(LedgerSchema.class.getClassLoader())
        .dataSource(source)
        .locations(MIGRATIONS)
        .placeholders(Map.of("given", Long.toString(given)))
        // all of them in one transaction: a start that is broken off has changed nothing
        .group(true)
        .callbacks(new NothingDangling())
        .load()
        .migrate();
  }

  /** Flyway is content also where it has found no migration at all. */
  private void requireNewest(int version) {
    if (version != VERSION) {
      throw new ConfigurationMistake(
          "the ledger %s has schema %d and needs %d, but the class path lacks what leads there (%s): put the whole jar of mediadrop on it"
              .formatted(name, version, VERSION, MIGRATIONS));
    }
  }
}

package io.mediadrop.ledger;

import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.locks.ReentrantLock;
import javax.sql.DataSource;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.HandleConsumer;
import org.jdbi.v3.core.Jdbi;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.SynchronousMode;
import org.sqlite.SQLiteDataSource;

/**
 * The ledger as a file of this machine: one connection that changes it, as SQLite has one writer
 * anyway, and one that reads, which no change holds up. Their statements stay prepared.
 */
class SqliteLedger {

  /** Pages of 4 KiB that each connection keeps in memory. */
  private static final int CACHE = 1_000;

  /** The same for the one that makes large tables anew. */
  private static final int CACHE_OF_MOVES = 16_000;

  /** Pages that gather in the log before they are moved to their places in the database. */
  private static final int LOG = 4_000;

  private final String url;
  private final SynchronousMode full;
  private Line changes;
  private Line queries;
  private SynchronousMode mode;

  SqliteLedger(String url, String sync) {
    this.url = url;
    full = sync.equals("full") ? SynchronousMode.FULL : SynchronousMode.NORMAL;
  }

  /** Connects; returns where further connections can be had. */
  DataSource open() throws SQLException {
    DataSource source = source(true, CACHE);
    changes = new Line(source, "PRAGMA wal_autocheckpoint = " + LOG);
    queries = new Line(source, "PRAGMA query_only = 1");
    mode = full;
    return source;
  }

  /**
   * Where connections can be had that make tables anew: with foreign keys a table that goes takes
   * along the rows that refer to it.
   */
  DataSource withoutForeignKeys() {
    return source(false, CACHE_OF_MOVES);
  }

  private DataSource source(boolean foreignKeys, int cache) {
    SQLiteConfig config = new SQLiteConfig();
    config.setJournalMode(JournalMode.WAL);
    config.setSynchronous(full);
    config.enforceForeignKeys(foreignKeys);
    config.setBusyTimeout(10_000);
    config.setCacheSize(cache);
    SQLiteDataSource source = new SQLiteDataSource(config);
    source.setUrl(url);
    return source;
  }

  /** Runs a query, which sees all that is committed. */
  <T> T read(HandleCallback<T, RuntimeException> query) {
    return queries.use(query);
  }

  /** Runs changes in one transaction; a durable one takes those before it to the disk as well. */
  void transaction(HandleConsumer<RuntimeException> work, Change.Kind kind) {
    changes.use(
        handle -> {
          become(handle, modeOf(kind));
          Sql.update(handle, "BEGIN IMMEDIATE");
          try {
            work.useHandle(handle);
            Sql.update(handle, "COMMIT");
          } catch (RuntimeException | Error e) {
            rollBack(handle, e);
            throw e;
          }
          return null;
        });
  }

  private SynchronousMode modeOf(Change.Kind kind) {
    return switch (kind) {
      case SYNCED -> SynchronousMode.FULL;
      case NOTE -> SynchronousMode.NORMAL;
      default -> full;
    };
  }

  private static void rollBack(Handle handle, Throwable failure) {
    try {
      Sql.update(handle, "ROLLBACK");
    } catch (RuntimeException e) {
      // SQLite has rolled back by itself already, for instance where the disk is full
      failure.addSuppressed(e);
    }
  }

  private void become(Handle handle, SynchronousMode wanted) {
    if (mode == wanted) {
      return;
    }
    // never a kept statement: this one takes effect when it is prepared
    try (Statement statement = handle.getConnection().createStatement()) {
      statement.execute("PRAGMA synchronous = " + wanted.getValue());
    } catch (SQLException e) {
      throw new ConnectionException(e);
    }
    mode = wanted;
  }

  void close() {
    if (queries != null) {
      queries.close();
    }
    if (changes != null) {
      changes.close();
    }
  }

  /** A connection that threads use in turn. */
  private static final class Line {

    private final ReentrantLock turn = new ReentrantLock();
    private final Handle handle;

    private Line(DataSource source, String pragma) {
      KeptStatements statements = new KeptStatements();
      Jdbi jdbi = Jdbi.create(source);
      jdbi.setStatementBuilderFactory(connection -> statements);
      handle = jdbi.open();
      handle.execute(pragma);
    }

    private <T> T use(HandleCallback<T, RuntimeException> work) {
      turn.lock();
      try {
        return work.withHandle(handle);
      } finally {
        turn.unlock();
      }
    }

    private void close() {
      turn.lock();
      try {
        handle.close();
      } finally {
        turn.unlock();
      }
    }
  }
}

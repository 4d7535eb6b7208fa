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
 * The ledger as a file of this machine: one connection that all threads share in turn. SQLite has
 * one writer anyway, and its statements stay prepared.
 */
class SqliteLedger {

  /** Pages of 4 KiB that are kept in memory. */
  private static final int CACHE = 2_000;

  /** Pages that gather in the log before they are moved to their places in the database. */
  private static final int LOG = 4_000;

  private final ReentrantLock turn = new ReentrantLock();
  private final KeptStatements statements = new KeptStatements();
  private final String url;
  private final SynchronousMode full;
  private Handle handle;
  private SynchronousMode mode;

  SqliteLedger(String url, String sync) {
    this.url = url;
    full = sync.equals("full") ? SynchronousMode.FULL : SynchronousMode.NORMAL;
  }

  /** Connects; returns where further connections can be had. */
  DataSource open() throws SQLException {
    SQLiteConfig config = new SQLiteConfig();
    config.setJournalMode(JournalMode.WAL);
    config.setSynchronous(full);
    config.enforceForeignKeys(true);
    config.setBusyTimeout(10_000);
    config.setCacheSize(CACHE);
    SQLiteDataSource source = new SQLiteDataSource(config);
    source.setUrl(url);
    Jdbi jdbi = Jdbi.create(source);
    jdbi.setStatementBuilderFactory(connection -> statements);
    handle = jdbi.open();
    handle.execute("PRAGMA wal_autocheckpoint = " + LOG);
    mode = full;
    return source;
  }

  /** Does something that needs the database. */
  <T> T use(HandleCallback<T, RuntimeException> work) {
    turn.lock();
    try {
      return work.withHandle(handle);
    } finally {
      turn.unlock();
    }
  }

  /** Runs changes in one transaction; a durable one takes those before it to the disk as well. */
  void transaction(HandleConsumer<RuntimeException> changes, boolean durable) {
    use(
        same -> {
          become(durable ? full : SynchronousMode.NORMAL);
          Sql.update(same, "BEGIN IMMEDIATE");
          try {
            changes.useHandle(same);
            Sql.update(same, "COMMIT");
          } catch (RuntimeException | Error e) {
            rollBack(e);
            throw e;
          }
          return null;
        });
  }

  private void rollBack(Throwable failure) {
    try {
      Sql.update(handle, "ROLLBACK");
    } catch (RuntimeException e) {
      // SQLite has rolled back by itself already, for instance where the disk is full
      failure.addSuppressed(e);
    }
  }

  private void become(SynchronousMode wanted) {
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
    turn.lock();
    try {
      if (handle != null) {
        handle.close();
      }
    } finally {
      turn.unlock();
    }
  }
}

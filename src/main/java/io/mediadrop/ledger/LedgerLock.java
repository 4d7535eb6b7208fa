package io.mediadrop.ledger;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds a ledger that lies outside the home, which the home's own lock does not guard: of two
 * mediadrops on one ledger each would take the other's uploads for its own.
 */
final class LedgerLock implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger("mediadrop");

  /** Among the locks that others may have in the same database. */
  private static final int MEDIADROP = 0x6d656469;

  private final AutoCloseable holder;

  private LedgerLock(AutoCloseable holder) {
    this.holder = holder;
  }

  /**
   * Takes the ledger in a file, by a file beside it; null if it is held already.
   *
   * @param place the JDBC address after {@code jdbc:sqlite:}, without options
   * @param data the home's folder for data, in which none but this process is
   */
  static LedgerLock ofFile(String place, Path data) throws IOException {
    Path ledger = LedgerFile.pathOf(place);
    if (ledger == null || ledger.startsWith(data) || !Files.isDirectory(ledger.getParent())) {
      return new LedgerLock(null);
    }
    FileChannel file =
        FileChannel.open(
            ledger.resolveSibling(ledger.getFileName() + ".lock"),
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE);
    try {
      if (file.tryLock() != null) {
        return new LedgerLock(file);
      }
    } catch (OverlappingFileLockException e) {
      file.close();
      return null;
    }
    file.close();
    return null;
  }

  /**
   * Takes the ledger in a PostgreSQL schema, as long as this connection lasts; null if it is held.
   */
  static LedgerLock ofSchema(Connection connection) throws SQLException {
    String schema = String.valueOf(connection.getSchema());
    try (PreparedStatement statement =
        connection.prepareStatement("SELECT pg_try_advisory_lock(?, ?)")) {
      statement.setInt(1, MEDIADROP);
      statement.setInt(2, schema.hashCode());
      try (ResultSet taken = statement.executeQuery()) {
        if (taken.next() && taken.getBoolean(1)) {
          return new LedgerLock(connection);
        }
      }
    }
    connection.close();
    return null;
  }

  /** Lets others have the ledger. */
  @Override
  public void close() {
    try {
      if (holder != null) {
        holder.close();
      }
    } catch (Exception e) {
      // whoever held it has lost it already
      LOG.debug("the ledger cannot be let go", e);
    }
  }
}

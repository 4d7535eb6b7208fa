package io.mediadrop.ledger;

import io.mediadrop.base.ConfigurationMistake;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.sqlite.SQLiteConfig;

/** A ledger in a file, for single statements beside whoever works with it. */
record SqliteFile(Path file, boolean readOnly) {

  private static final String SQLITE = "jdbc:sqlite:";

  /**
   * The file of the ledger at an address.
   *
   * @throws ConfigurationMistake if it lies in no file
   */
  static Path at(String url) {
    Path file =
        url.startsWith(SQLITE)
            ? LedgerFile.pathOf(url.substring(SQLITE.length()).replaceFirst("\\?.*", ""))
            : null;
    if (file == null) {
      throw new ConfigurationMistake(
          "the ledger (mediadrop.ledger.url, MEDIADROP_LEDGER_URL) is no file: copy it with what its"
              + " database has for that, such as pg_dump");
    }
    return file;
  }

  /**
   * Makes a copy of what it holds now, its log included. Every home has come further than the copy,
   * so that it is noticed where it is put, and no log is the copy's.
   *
   * @param to an empty file, or none
   */
  void copyTo(Path to) {
    run("VACUUM INTO '%s'".formatted(to.toString().replace("'", "''")));
    SqliteFile copy = new SqliteFile(to, false);
    copy.run("UPDATE facts SET value = CAST(value AS INTEGER) - 1 WHERE name = 'age'");
    copy.run("PRAGMA user_version = 0");
  }

  /**
   * Runs a statement, and returns the first value of what it finds; null if that is nothing.
   *
   * @throws ConfigurationMistake if it is no ledger, or cannot be opened
   */
  String run(String sql) {
    SQLiteConfig config = new SQLiteConfig();
    config.setBusyTimeout(10_000);
    config.setReadOnly(readOnly);
    try (Connection connection = config.createConnection(SQLITE + file);
        Statement statement = connection.createStatement()) {
      if (!statement.execute(sql)) {
        return null;
      }
      try (ResultSet result = statement.getResultSet()) {
        return result.next() ? result.getString(1) : null;
      }
    } catch (SQLException e) {
      throw new ConfigurationMistake(
          "%s cannot be used as a ledger: %s".formatted(file, e.getMessage()), e);
    }
  }
}

package bench;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Tells from mediadrop's ledger when all is filed, archived and announced. */
final class Published {

  /** In the words of the ledger's indexes, so that asking takes it no time. */
  private static final String LEFT =
      """
      SELECT EXISTS (SELECT 1 FROM outbox WHERE dead_at IS NULL)
          OR EXISTS (SELECT 1 FROM drops
                      WHERE state NOT IN ('FILED', 'DUPLICATE', 'FAILED_MOVED', 'GONE'))\
      """;

  private Published() {}

  /** Waits for it; false if it takes too long. */
  static boolean await(Path home, Duration longest) throws SQLException, InterruptedException {
    long since = System.nanoTime();
    try (Connection ledger =
            DriverManager.getConnection("jdbc:sqlite:" + home.resolve("data/ledger.db"));
        Statement statement = ledger.createStatement()) {
      while (System.nanoTime() - since < longest.toNanos()) {
        try (ResultSet answer = statement.executeQuery(LEFT)) {
          if (!answer.getBoolean(1)) {
            return true;
          }
        }
        TimeUnit.MILLISECONDS.sleep(50);
      }
    }
    return false;
  }
}

package io.mediadrop.crash;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What must hold in a ledger at any moment, also right after a crash. */
final class LedgerInvariants {

  private static final Map<String, String> NEVER =
      new TreeMap<>(
          Map.of(
              "an uploaded drop without an answer, checksum or place",
              "SELECT id FROM drops WHERE state IN ('UPLOADED', 'FILED', 'DUPLICATE')"
                  + " AND (answer IS NULL OR checksum IS NULL OR archive_path IS NULL)",
              "a place in the archive for a drop that is not uploaded",
              "SELECT id FROM drops WHERE archive_path IS NOT NULL"
                  + " AND state NOT IN ('UPLOADED', 'FILED', 'DUPLICATE')",
              "an uploaded drop with nothing to tell",
              "SELECT id FROM drops d WHERE state IN ('UPLOADED', 'FILED', 'DUPLICATE')"
                  + " AND (SELECT COUNT(*) FROM outbox o WHERE o.drop_id = d.id) < 1",
              "something to tell of a drop that is not uploaded",
              "SELECT o.id FROM outbox o JOIN drops d ON d.id = o.drop_id"
                  + " WHERE d.state NOT IN ('UPLOADED', 'FILED', 'DUPLICATE')"
                  + " AND o.type <> 'file.failed'",
              "a delivery that was due before its original was filed",
              "SELECT o.id FROM outbox o JOIN work d ON d.id = o.drop_id"
                  + " WHERE d.state IN ('UPLOADED', 'FAILED') AND o.due_at IS NOT NULL"
                  + " AND (d.announced_at IS NULL OR o.endpoint IN ('archive', 'assets'))",
              "a drop that is announced and was not told to everybody",
              "SELECT o.id FROM outbox o JOIN work d ON d.id = o.drop_id"
                  + " WHERE d.announced_at IS NOT NULL AND o.due_at IS NULL"
                  + " AND o.endpoint NOT IN ('archive', 'assets')",
              "a filed drop whose deliveries are never due",
              "SELECT o.id FROM outbox o JOIN drops d ON d.id = o.drop_id"
                  + " WHERE d.state IN ('FILED', 'DUPLICATE', 'FAILED_MOVED') AND o.due_at IS NULL",
              "two drops under way at one path",
              "SELECT path FROM drops"
                  + " WHERE state NOT IN ('FILED', 'DUPLICATE', 'FAILED_MOVED', 'GONE')"
                  + " GROUP BY lane, path HAVING COUNT(*) > 1",
              "a session without a plan, or a plan without a session",
              "SELECT id FROM drops WHERE (state IN ('OPENED', 'SENDING', 'COMPLETING')"
                  + " AND (plan IS NULL OR media_upload_id IS NULL))",
              "a failed drop without a reason",
              "SELECT id FROM drops WHERE state IN ('FAILED', 'FAILED_MOVED') AND reason IS NULL"));

  private LedgerInvariants() {}

  /** What is wrong in the ledger of a home, and in the database itself. */
  static List<String> violations(Path home) throws SQLException {
    List<String> violations = new ArrayList<>();
    Path file = home.resolve("data/ledger.db");
    if (!Files.exists(file)) {
      return violations;
    }
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement()) {
      if (!hasTables(statement)) {
        return violations;
      }
      try (ResultSet check = statement.executeQuery("PRAGMA integrity_check")) {
        if (!"ok".equals(check.getString(1))) {
          violations.add("the database is damaged: " + check.getString(1));
        }
      }
      // one that was killed while it made its tables has taken no file yet
      if (!hasDrops(statement)) {
        return violations;
      }
      for (Map.Entry<String, String> never : NEVER.entrySet()) {
        try (ResultSet rows = statement.executeQuery(never.getValue())) {
          if (rows.next()) {
            violations.add(never.getKey() + ": " + rows.getString(1));
          }
        }
      }
    }
    return violations;
  }

  private static boolean hasTables(Statement statement) throws SQLException {
    try (ResultSet tables =
        statement.executeQuery("SELECT 1 FROM sqlite_master WHERE name = 'outbox'")) {
      return tables.next();
    }
  }

  private static boolean hasDrops(Statement statement) throws SQLException {
    try (ResultSet drops = statement.executeQuery("SELECT 1 FROM drops LIMIT 1")) {
      return drops.next();
    }
  }

  /** A number from the ledger of a home; 0 while there is none. */
  static int count(Path home, String query) throws SQLException {
    Path file = home.resolve("data/ledger.db");
    if (!Files.exists(file)) {
      return 0;
    }
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement()) {
      if (!hasTables(statement)) {
        return 0;
      }
      try (ResultSet rows = statement.executeQuery(query)) {
        return rows.getInt(1);
      }
    }
  }

  /** The first column of a query's rows in the ledger of a home. */
  static List<String> texts(Path home, String query) throws SQLException {
    List<String> texts = new ArrayList<>();
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + home.resolve("data/ledger.db"));
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      while (rows.next()) {
        texts.add(rows.getString(1));
      }
    }
    return texts;
  }
}

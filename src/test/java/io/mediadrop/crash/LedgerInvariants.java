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
              "something to tell of no drop",
              "SELECT o.seq FROM outbox o WHERE o.subject > 0"
                  + " AND NOT EXISTS (SELECT 1 FROM drops d WHERE d.id = o.subject)",
              "something to tell of a drop that is not put away",
              "SELECT o.seq FROM outbox o JOIN work w ON w.id = o.subject"
                  + " JOIN endpoints e ON e.n = o.endpoint"
                  + " WHERE w.announced_at IS NULL OR e.name IN ('archive', 'assets')",
              "the same to tell twice to one endpoint",
              "SELECT subject FROM outbox WHERE subject > 0"
                  + " GROUP BY subject, endpoint, type HAVING COUNT(*) > 1",
              "something to tell of which nothing is known",
              "SELECT o.seq FROM outbox o JOIN endpoints e ON e.n = o.endpoint"
                  + " WHERE o.data IS NULL AND e.name NOT IN ('archive', 'assets')",
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

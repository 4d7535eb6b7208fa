package io.mediadrop.ledger;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.flywaydb.core.Flyway;

/** A ledger as an earlier mediadrop has left it, with ids of text and all drops in one table. */
public final class OldLedger {

  /** The last schema of that kind. */
  public static final int SCHEMA = 17;

  private final String url;

  private OldLedger(String url) {
    this.url = url;
  }

  /** A new one in a home. */
  public static OldLedger in(Path home) throws IOException {
    Path file = Files.createDirectories(home.resolve("data")).resolve("ledger.db");
    String url = "jdbc:sqlite:" + file;
    Flyway.configure()
        .dataSource(url, null, null)
        .locations("io/mediadrop/ledger/migration")
        .target("" + SCHEMA)
        .load()
        .migrate();
    return new OldLedger(url).run("PRAGMA journal_mode = WAL");
  }

  /** One that is there already. */
  public static OldLedger at(Path file) {
    return new OldLedger("jdbc:sqlite:" + file);
  }

  /** Runs statements on it. */
  public OldLedger run(String... statements) {
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
      return this;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** So many drops that are uploaded and filed, with answers of this length. */
  public OldLedger filed(int drops, int answer) {
    return run(
        """
        WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %d)
        INSERT INTO drops (id, lane, connection, source, path, size, modified, file_key, state,
            attempts, content_type, media_upload_id, plan, md5, checksum, media_id, answer,
            archive_path, claimed_at, uploaded_at, filed_at)
          SELECT lower(hex(randomblob(16))), 'default', 'c', '/home/drop/' || i || '.jpg',
                 i || '.jpg', 100000 + i %% 1000, i, '', 'FILED', 1, 'image/jpeg', 'upload:' || i,
                 '{}', lower(hex(randomblob(16))), lower(hex(randomblob(16))), i,
                 '{"media":{"id":' || i || ',"isReady":true,"x":"' || printf('%%.%dc', 'x') || '"}}',
                 'default/2026/11/22/' || i || '.jpg', i, i + 1, i + 2
            FROM n"""
            .formatted(drops, answer));
  }

  /** The first column of what a query finds, as text. */
  public List<String> all(String query) {
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      List<String> all = new ArrayList<>();
      while (rows.next()) {
        all.add(rows.getString(1));
      }
      return all;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Which of the migrations it has seen. */
  public int schema() {
    return Integer.parseInt(
        all("SELECT MAX(CAST(version AS INTEGER)) FROM flyway_schema_history WHERE success")
            .get(0));
  }
}

package io.mediadrop.ledger;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.mediadrop.ConfigurationMistake;
import io.mediadrop.archive.Home;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.Jdbi;

/** The database behind the ledger: connects to it, checks it and brings its tables up to date. */
public class LedgerDatabase {

  /** The newest migration in {@code db/migration}. */
  static final int SCHEMA_VERSION = 9;

  private static final String SQLITE = "jdbc:sqlite:";

  private Home home;
  private String url;
  private String sync = "full";
  private HikariDataSource pool;
  private Jdbi jdbi;
  private GroupCommit groupCommit;

  /**
   * Connects, once.
   *
   * @throws ConfigurationMistake if the database cannot be used as it is
   */
  public void open() {
    try {
      if (isSqlite()) {
        home.makePrivate("ledger.db");
      }
      pool = new HikariDataSource(settings());
      jdbi = Jdbi.create(pool);
      groupCommit = new GroupCommit(jdbi);
      checkAndMigrate();
    } catch (SQLException | IOException | RuntimeException e) {
      close();
      throw e instanceof ConfigurationMistake mistake ? mistake : unusable(e);
    }
  }

  private HikariConfig settings() {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(url);
    config.setPoolName("ledger");
    config.setRegisterMbeans(false);
    if (isSqlite()) {
      // one writer is all that SQLite has; more connections would only wait for each other
      config.setMaximumPoolSize(1);
      config.addDataSourceProperty("journal_mode", "WAL");
      config.addDataSourceProperty("synchronous", sync);
      config.addDataSourceProperty("foreign_keys", "true");
      config.addDataSourceProperty("busy_timeout", "10000");
    }
    return config;
  }

  private void checkAndMigrate() throws SQLException {
    int version;
    try (Connection connection = pool.getConnection();
        Statement statement = connection.createStatement()) {
      checkIntegrity(statement);
      version = versionOf(statement);
    }
    if (version > SCHEMA_VERSION) {
      throw new ConfigurationMistake(
          "the ledger %s was written by a newer mediadrop (schema %d, this one knows %d): run that one"
              .formatted(urlWithoutSecrets(), version, SCHEMA_VERSION));
    }
    // Flyway takes longer to look than the rest of the start, so it is asked only when needed
    if (version < SCHEMA_VERSION) {
      Flyway.configure().dataSource(pool).load().migrate();
    }
  }

  private void checkIntegrity(Statement statement) throws SQLException {
    if (!isSqlite()) {
      return;
    }
    try (ResultSet result = statement.executeQuery("PRAGMA quick_check(1)")) {
      if (result.next() && !"ok".equals(result.getString(1))) {
        throw new SQLException("it is damaged: " + result.getString(1));
      }
    }
  }

  private static int versionOf(Statement statement) {
    try (ResultSet result =
        statement.executeQuery(
            "SELECT MAX(CAST(version AS INTEGER)) FROM flyway_schema_history WHERE success")) {
      return result.next() ? result.getInt(1) : 0;
    } catch (SQLException newDatabase) {
      return 0;
    }
  }

  private ConfigurationMistake unusable(Exception e) {
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return new ConfigurationMistake(
        "the ledger %s cannot be used: %s; put that right, restore the file from a copy,"
                .formatted(urlWithoutSecrets(), root.getMessage())
            + " or name another in mediadrop.ledger.url (MEDIADROP_LEDGER_URL)",
        e);
  }

  private String urlWithoutSecrets() {
    return url.replaceFirst("\\?.*", "").replaceFirst("//[^/@]*@", "//");
  }

  /** Whether the database is a file of this machine, which has one user only. */
  public boolean isSqlite() {
    return url.startsWith(SQLITE);
  }

  /** Runs a query. */
  public <T> T read(HandleCallback<T, RuntimeException> query) {
    return jdbi.withHandle(query);
  }

  /** Runs a change in a transaction, which is durable when this returns. */
  <T> T write(HandleCallback<T, RuntimeException> change) {
    return groupCommit.commit(change);
  }

  /** Lets go of the database. */
  public void close() {
    if (pool != null) {
      pool.close();
    }
  }

  /** The home, which must be there and locked before the ledger in it is opened. */
  public void setHome(Home home) {
    this.home = home;
  }

  /** A JDBC address. */
  public void setUrl(String url) {
    this.url = url;
  }

  /** {@code full}: every commit is on the disk before it counts; {@code normal}: soon after. */
  public void setSync(String sync) {
    if (!sync.equals("full") && !sync.equals("normal")) {
      throw new ConfigurationMistake("mediadrop.ledger.sync must be full or normal, not " + sync);
    }
    this.sync = sync;
  }
}

package io.mediadrop.ledger;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.mediadrop.base.ConfigurationMistake;
import io.mediadrop.base.PassingTrouble;
import io.mediadrop.file.Home;
import io.mediadrop.ledger.LedgerFile.FileSystemTypes;
import java.io.IOException;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.HandleConsumer;
import org.jdbi.v3.core.Jdbi;

/** The database behind the ledger: connects to it, checks it and brings its tables up to date. */
public class LedgerDatabase {

  /** Not where Flyway looks by itself: an application around mediadrop has its own there. */
  private static final String MIGRATIONS = "classpath:io/mediadrop/ledger/migration";

  /** The newest of the migrations. */
  static final int SCHEMA_VERSION = 20;

  private static final String SQLITE = "jdbc:sqlite:";

  private static final String POSTGRESQL = "jdbc:postgresql:";

  private final FileSystemTypes fileSystemTypes;
  private Home home;
  private String url;
  private String sync = "full";
  private HikariDataSource pool;
  private Jdbi jdbi;
  private SqliteLedger sqlite;
  private LedgerLock lock;
  private final GroupCommit groupCommit = new GroupCommit(this);
  private final AtomicLong transactions = new AtomicLong();

  /** A database on this machine's file systems, or on a server. */
  public LedgerDatabase() {
    this(folder -> Files.getFileStore(folder).type());
  }

  /** The same, where something else tells which file systems these are. */
  LedgerDatabase(FileSystemTypes fileSystemTypes) {
    this.fileSystemTypes = fileSystemTypes;
  }

  /**
   * Connects, once.
   *
   * @throws ConfigurationMistake if the database cannot be used as it is
   * @throws PassingTrouble if it can be as soon as a disk, a server or another program lets it
   */
  public void open() {
    try {
      DataSource source = isSqlite() ? openSqlite() : openPool();
      requireAlone(source);
      try (Connection connection = source.getConnection();
          Statement statement = connection.createStatement()) {
        checkAndMigrate(statement, source);
      }
      groupCommit.open();
      home.closeFirst(this::close);
    } catch (SQLException | IOException | RuntimeException e) {
      close();
      throw e instanceof ConfigurationMistake mistake ? mistake : unusable(e);
    }
  }

  private DataSource openSqlite() throws IOException, SQLException {
    String place = urlWithoutSecrets().substring(SQLITE.length());
    LedgerFile.requireOwnDisk(place, fileSystemTypes);
    home.makePrivate("ledger.db");
    SqliteLibrary.removeLeftovers(home.data());
    SqliteLibrary.load(home.data());
    sqlite = new SqliteLedger(url, sync);
    return sqlite.open();
  }

  private DataSource openPool() {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(url);
    config.setPoolName("ledger");
    config.setRegisterMbeans(false);
    pool = new HikariDataSource(config);
    jdbi = Jdbi.create(pool);
    return pool;
  }

  private void requireAlone(DataSource source) throws SQLException, IOException {
    if (isSqlite()) {
      lock = LedgerLock.ofFile(urlWithoutSecrets().substring(SQLITE.length()), home.data());
    } else if (url.startsWith(POSTGRESQL)) {
      lock = LedgerLock.ofSchema(source.getConnection());
    } else {
      return;
    }
    if (lock == null) {
      throw new ConfigurationMistake(
          "another mediadrop uses the ledger %s: stop it, or give this one a ledger of its own in mediadrop.ledger.url (MEDIADROP_LEDGER_URL)"
              .formatted(urlWithoutSecrets()));
    }
  }

  private void checkAndMigrate(Statement statement, DataSource source) throws SQLException {
    checkIntegrity(statement);
    int version = versionOf(statement);
    if (version > SCHEMA_VERSION) {
      throw new ConfigurationMistake(
          "the ledger %s was written by a newer mediadrop (schema %d, this one knows %d): run that one"
              .formatted(urlWithoutSecrets(), version, SCHEMA_VERSION));
    }
    // Flyway takes longer to look than the rest of the start, so it is asked only when needed
    if (version < SCHEMA_VERSION) {
      migrate(source);
      requireNewest(versionOf(statement));
    }
  }

  /** With the class loader that has the migrations: that of the thread may be a host's own. */
  private static void migrate(DataSource source) {
    Flyway.configure(LedgerDatabase.class.getClassLoader())
        .dataSource(source)
        .locations(MIGRATIONS)
        .load()
        .migrate();
  }

  /** Flyway is content also where it has found no migration at all. */
  private void requireNewest(int version) {
    if (version != SCHEMA_VERSION) {
      throw new ConfigurationMistake(
          "the ledger %s has schema %d and needs %d, but the class path lacks what leads there (%s): put the whole jar of mediadrop on it"
              .formatted(urlWithoutSecrets(), version, SCHEMA_VERSION, MIGRATIONS));
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

  private static int versionOf(Statement statement) throws SQLException {
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

  private RuntimeException unusable(Exception e) {
    Throwable passing = PassingTrouble.in(e);
    if (passing != null) {
      return new PassingTrouble(
          "the ledger %s cannot be used at the moment: %s; it is whole, so leave it as it is"
              .formatted(urlWithoutSecrets(), passing.getMessage()),
          e);
    }
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return new ConfigurationMistake(
        "the ledger %s cannot be used: %s; put that right, or bring the file back from a copy. It knows what"
                .formatted(urlWithoutSecrets(), root.getMessage())
            + " was uploaded: keep it also if it is damaged. mediadrop.ledger.url (MEDIADROP_LEDGER_URL)"
            + " names it",
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
    groupCommit.requireOutsideOfChanges();
    return sqlite == null ? jdbi.withHandle(query) : sqlite.read(query);
  }

  /** Runs a change in a transaction, which is durable when this returns. */
  <T> T write(HandleCallback<T, RuntimeException> change) {
    return groupCommit.commit(change, true);
  }

  /**
   * Runs a change in a transaction that everybody sees when this returns, and that outlives this
   * process, but perhaps not a power cut before the next change that is durable.
   */
  <T> T note(HandleCallback<T, RuntimeException> change) {
    return groupCommit.commit(change, false);
  }

  /** Runs changes in one transaction. */
  void transaction(HandleConsumer<RuntimeException> changes, boolean durable) {
    try {
      if (sqlite == null) {
        jdbi.useTransaction(
            handle -> {
              if (!durable) {
                handle.execute("SET LOCAL synchronous_commit = off");
              }
              changes.useHandle(handle);
            });
      } else {
        sqlite.transaction(changes, durable);
      }
    } finally {
      transactions.incrementAndGet();
    }
  }

  /** Another number after each change; each time where others may change the database, too. */
  long transactions() {
    return sqlite == null ? transactions.incrementAndGet() : transactions.get();
  }

  /** Lets go of the database. */
  public void close() {
    groupCommit.close();
    if (lock != null) {
      lock.close();
    }
    if (pool != null) {
      pool.close();
    }
    if (sqlite != null) {
      sqlite.close();
    }
  }

  /** The home, which is there and locked as long as the ledger in it is open. */
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

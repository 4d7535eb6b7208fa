package io.mediadrop.ledger;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.mediadrop.base.ConfigurationMistake;
import io.mediadrop.base.PassingTrouble;
import io.mediadrop.file.Home;
import io.mediadrop.ledger.LedgerFile.FileSystemTypes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import javax.sql.DataSource;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.HandleConsumer;
import org.jdbi.v3.core.Jdbi;

/** The database behind the ledger: connects to it, checks it and brings its tables up to date. */
public class LedgerDatabase {

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
  private LedgerLog log;
  private final GroupCommit groupCommit = new GroupCommit(this);
  private final AtomicLong transactions = new AtomicLong();
  private volatile LongConsumer commitTimes = nanos -> {};

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
    Path file = LedgerFile.pathOf(place);
    if (file != null && Files.exists(file)) {
      log = new LedgerLog(file);
      log.requireOwn();
    }
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

  private void checkAndMigrate(Statement statement, DataSource source)
      throws SQLException, IOException {
    checkIntegrity(statement);
    LedgerSchema schema = new LedgerSchema(urlWithoutSecrets(), DropIds.given(home.data()));
    if (sqlite == null) {
      schema.bringUpToDate(statement, source, null);
    } else {
      Path file = LedgerFile.pathOf(urlWithoutSecrets().substring(SQLITE.length()));
      schema.bringUpToDate(statement, sqlite.withoutForeignKeys(), file);
      if (log != null) {
        log.mark(statement);
      }
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
    return groupCommit.commit(change, Change.Kind.DURABLE);
  }

  /**
   * Takes all that was committed to the disk, where the settings leave that to the system. It
   * writes a row for that: a transaction that changes nothing syncs nothing.
   */
  void sync() {
    if (sqlite != null && !sync.equals("full")) {
      groupCommit.commit(
          handle ->
              Sql.update(
                  handle,
                  "INSERT INTO facts (name, value) VALUES ('synced', ?)"
                      + " ON CONFLICT (name) DO UPDATE SET value = excluded.value",
                  Long.toString(System.nanoTime())),
          Change.Kind.SYNCED);
    }
  }

  /** The same for what lets something be sent, unless an answer of the API cannot be written. */
  <T> T begin(HandleCallback<T, RuntimeException> change) {
    return groupCommit.commit(change, Change.Kind.BEGINNING);
  }

  /** Takes an answer of the API, which is written before whatever is begun after it. */
  <T> CompletableFuture<T> answer(
      HandleCallback<T, RuntimeException> change, Consumer<RuntimeException> whenHeld) {
    return groupCommit.answer(change, whenHeld);
  }

  /**
   * Runs a change in a transaction that everybody sees when this returns, and that outlives this
   * process, but perhaps not a power cut before the next change that is durable.
   */
  <T> T note(HandleCallback<T, RuntimeException> change) {
    return groupCommit.commit(change, Change.Kind.NOTE);
  }

  /** Runs changes in one transaction. */
  void transaction(HandleConsumer<RuntimeException> changes, Change.Kind kind) {
    long begun = System.nanoTime();
    try {
      if (sqlite == null) {
        jdbi.useTransaction(
            handle -> {
              if (kind == Change.Kind.NOTE) {
                handle.execute("SET LOCAL synchronous_commit = off");
              }
              changes.useHandle(handle);
            });
      } else {
        sqlite.transaction(changes, kind);
      }
    } finally {
      transactions.incrementAndGet();
      commitTimes.accept(System.nanoTime() - begun);
    }
  }

  /** Has somebody told of each transaction how many nanoseconds it took, its commit included. */
  public void tellCommitTimes(LongConsumer listener) {
    commitTimes = listener;
  }

  /** Another number after each change; each time where others may change the database, too. */
  long transactions() {
    return sqlite == null ? transactions.incrementAndGet() : transactions.get();
  }

  /** Whether nothing can be written before the next start, because what writes has died. */
  public boolean isDead() {
    return groupCommit.isDead();
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

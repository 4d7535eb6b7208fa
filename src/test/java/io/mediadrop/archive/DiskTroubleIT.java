package io.mediadrop.archive;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediadrop.cli.LogLines;
import io.mediadrop.cli.Running;
import io.mediadrop.ledger.Ledger;
import io.mediadrop.media.MediaFiles;
import io.mediadrop.sandbox.Answer;
import io.mediadrop.sandbox.Exchange;
import io.mediadrop.sandbox.Fault;
import io.mediadrop.sandbox.Route;
import io.mediadrop.sandbox.Sandbox;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.apache.camel.component.mock.MockEndpoint;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A disk that is full, write-protected or gone. Each trouble has one alarm; no file is taken
 * meanwhile, none is sent twice, and all goes on by itself once the trouble is over.
 */
class DiskTroubleIT {

  private static final String ALARM = "No more files are taken until this is put right";

  @TempDir Path home;
  @TempDir Path elsewhere;
  private LogLines log;
  private Sandbox sandbox;
  private Running running;
  private MemoryDisk disk;

  @BeforeEach
  void listen() throws Exception {
    log = new LogLines();
    sandbox = Sandbox.start();
  }

  private void start() throws Exception {
    start("0B");
  }

  private void start(String minFree) throws Exception {
    running =
        Running.on(home)
            .impatiently()
            .with("mediadrop.disk.min-free", minFree)
            .with("mediadrop.notify.uri", "mock:notification")
            .start(sandbox);
  }

  @AfterEach
  void stop() throws Exception {
    if (running != null) {
      running.close();
    }
    if (disk != null) {
      disk.unmount();
    }
    sandbox.close();
    log.close();
  }

  @Test
  void keepsWhatWasUploadedWhereTheArchiveIsFull() throws Exception {
    disk = MemoryDisk.over(home.resolve("archive"), "archive", "2m");
    start();
    disk.fill();
    showsWhatATroubleOfTheArchiveDoes(disk::clear);
  }

  @Test
  void keepsWhatWasUploadedWhereTheArchiveIsWriteProtected() throws Exception {
    disk = MemoryDisk.over(home.resolve("archive"), "archive", "2m");
    start();
    disk.protect();
    showsWhatATroubleOfTheArchiveDoes(disk::unprotect);
  }

  @Test
  void putsNothingIntoTheEmptyFolderBelowAnArchiveThatWasUnmounted() throws Exception {
    disk = MemoryDisk.over(home.resolve("archive"), "archive", "2m");
    start();
    disk.moveTo(elsewhere);
    showsWhatATroubleOfTheArchiveDoes(() -> disk.moveBackFrom(elsewhere));
  }

  /** The archive cannot hold this file, though it can hold its receipt. */
  @Test
  void keepsALargeFileForWhichTheArchiveHasNoRoom() throws Exception {
    disk = MemoryDisk.over(home.resolve("archive"), "archive", "2m");
    start();
    Path filling = Files.write(home.resolve("archive/filling.bin"), new byte[1_500_000]);
    MediaFiles.write(running.drop().resolve("first.jpg"), 1_000_000, 1);
    awaitAlarm();
    aFewLooks();
    MediaFiles.write(running.drop().resolve("second.jpg"), 5000, 2);
    aFewListings();
    assertThat(sandbox.uploads()).hasSize(1);

    Files.delete(filling);
    running.awaitFiled(2);
    assertThat(sandbox.uploads()).hasSize(2);
    assertThat(log.errors()).hasSize(1);
  }

  private interface Remedy {
    void apply() throws Exception;
  }

  private void showsWhatATroubleOfTheArchiveDoes(Remedy remedy) throws Exception {
    MediaFiles.write(running.drop().resolve("first.jpg"), 300_000, 1);
    awaitAlarm();
    MediaFiles.write(running.drop().resolve("second.jpg"), 300_000, 2);
    aFewLooks();
    assertThat(running.drop().resolve("first.jpg")).exists();
    assertThat(sandbox.uploads()).hasSizeLessThanOrEqualTo(1);
    // subscribers may have been told by now, the archive's endpoint not
    assertThat(running.undelivered()).isGreaterThanOrEqualTo(sandbox.uploads().size());

    remedy.apply();
    running.awaitFiled(2);
    assertThat(sandbox.uploads()).hasSize(2);
    assertThat(calls(Route.WHOLE)).isEqualTo(2);
    assertThat(Running.filesIn(running.drop())).isEmpty();
    assertThat(Running.filesIn(running.archive())).hasSize(6);
    assertThat(log.errors()).hasSize(1);
  }

  @Test
  void takesNothingWhileThereIsTooLittleRoom() throws Exception {
    disk = MemoryDisk.over(home.resolve("failed"), "failed", "2m");
    start("1MiB");
    disk.fill();
    awaitAlarm();
    MediaFiles.write(running.drop().resolve("a.jpg"), 5000);
    aFewListings();
    assertThat(sandbox.calls()).isEmpty();
    assertThat(log.warningsWith(ALARM))
        .singleElement()
        .asString()
        .contains("0 MiB are free for " + home.resolve("failed"), "mediadrop.disk.min-free");

    disk.clear();
    running.awaitFiled(1);
    assertThat(log.errors()).hasSize(1);
  }

  @Test
  void uploadsNothingUnrecordedWhereTheLedgersDiskIsFull() throws Exception {
    disk = MemoryDisk.over(home.resolve("data"), "data", "16m");
    start();
    disk.fill();
    for (int n = 1; n <= 40; n++) {
      MediaFiles.write(running.drop().resolve(n + ".jpg"), 5000, n);
    }
    awaitAlarm();
    aFewLooks();
    int stored = sandbox.uploads().size();
    aFewLooks();
    assertThat(sandbox.uploads()).hasSize(stored).hasSizeLessThan(40);

    disk.clear();
    running.awaitFiled(40);
    assertThat(sandbox.uploads()).hasSize(40);
    assertThat(log.errors()).hasSize(1);
  }

  /** What keeps the ledger from being written, as the database says it. */
  enum LedgerTrouble {
    FULL(List.of("PRAGMA max_page_count = 1"), List.of("PRAGMA max_page_count = 1000000")),
    WRITE_PROTECTED(
        List.of(
            refusing("facts", "INSERT ON facts"),
            refusing("new_drops", "INSERT ON drops"),
            refusing("drops", "UPDATE ON drops"),
            refusing("deliveries", "UPDATE ON outbox")),
        List.of(
            "DROP TRIGGER refuse_facts",
            "DROP TRIGGER refuse_new_drops",
            "DROP TRIGGER refuse_drops",
            "DROP TRIGGER refuse_deliveries"));

    private final List<String> begin;
    private final List<String> end;

    LedgerTrouble(List<String> begin, List<String> end) {
      this.begin = begin;
      this.end = end;
    }

    private static String refusing(String what, String change) {
      return "CREATE TRIGGER refuse_"
          + what
          + " BEFORE "
          + change
          + " BEGIN SELECT RAISE(ABORT, 'attempt to write a readonly database'); END";
    }
  }

  @ParameterizedTest
  @EnumSource
  void asksTheApiForNothingWhileTheLedgerCannotBeWritten(LedgerTrouble trouble) throws Exception {
    start();
    ledger(trouble.begin);
    for (int n = 1; n <= 60; n++) {
      MediaFiles.write(running.drop().resolve(n + ".jpg"), 5000, n);
    }
    awaitAlarm();
    aFewLooks();
    int stored = sandbox.uploads().size();
    int calls = sandbox.calls().size();
    aFewLooks();
    assertThat(sandbox.calls()).hasSize(calls);
    assertThat(stored).isLessThan(60);

    ledger(trouble.end);
    running.awaitFiled(60);
    assertThat(sandbox.uploads()).hasSize(60);
    assertThat(calls(Route.WHOLE)).isEqualTo(60);
    assertThat(log.errors()).hasSize(1);
  }

  @Test
  void holdsTheAnswerThatTheLedgerCannotTake() throws Exception {
    LedgerTrouble trouble = LedgerTrouble.WRITE_PROTECTED;
    start();
    sandbox.faults().next(Route.WHOLE, whenStored(() -> ledger(trouble.begin)));
    MediaFiles.write(running.drop().resolve("a.jpg"), 5000);
    awaitAlarm();
    aFewLooks();
    assertThat(sandbox.uploads()).hasSize(1);
    assertThat(running.drops("SENDING")).isOne();

    ledger(trouble.end);
    running.awaitFiled(1);
    assertThat(sandbox.uploads()).hasSize(1);
    assertThat(sandbox.calls()).hasSize(2);
    assertThat(running.json("a.jpg.media.json").path("adopted").asBoolean()).isFalse();
    assertThat(log.errors()).hasSize(1);
  }

  @Test
  void tellsNobodyOverAndOverWhatCannotBeRecordedAsTold() throws Exception {
    start();
    MockEndpoint subscriber =
        running.context().getEndpoint("mock:notification", MockEndpoint.class);
    subscriber.whenAnyExchangeReceived(message -> ledger(LedgerTrouble.WRITE_PROTECTED.begin));
    MediaFiles.write(running.drop().resolve("a.jpg"), 5000);
    awaitAlarm();
    aFewListings();
    assertThat(subscriber.getReceivedCounter()).isOne();

    subscriber.whenAnyExchangeReceived(message -> {});
    ledger(LedgerTrouble.WRITE_PROTECTED.end);
    running.awaitFiled(1);
    assertThat(subscriber.getReceivedCounter()).as("recorded without telling again").isOne();
    assertThat(log.errors()).hasSize(1);
  }

  @Test
  void goesOnWhenAnotherProgramLetsGoOfTheLedger() throws Exception {
    start();
    try (Connection other =
            DriverManager.getConnection("jdbc:sqlite:" + home.resolve("data/ledger.db"));
        Statement statement = other.createStatement()) {
      statement.execute("BEGIN IMMEDIATE");
      MediaFiles.write(running.drop().resolve("a.jpg"), 5000);
      awaitAlarm();
      assertThat(sandbox.calls()).isEmpty();
      assertThat(log.warningsWith(ALARM)).allMatch(line -> line.contains("locked"));
      statement.execute("ROLLBACK");
    }

    running.awaitFiled(1);
    assertThat(sandbox.uploads()).hasSize(1);
    assertThat(log.errors()).hasSize(1);
  }

  /** Says something to the connection that changes the ledger. */
  private void ledger(List<String> statements) {
    running
        .bean("ledger", Ledger.class)
        .write(
            handle -> {
              try (Statement statement = handle.getConnection().createStatement()) {
                for (String sql : statements) {
                  statement.execute(sql);
                }
              } catch (SQLException e) {
                throw new IllegalStateException(e);
              }
              return statements;
            });
  }

  private static Fault whenStored(Runnable trouble) {
    return new Fault() {
      @Override
      public Answer answering(Answer answer, Exchange call) {
        trouble.run();
        return answer;
      }
    };
  }

  private void awaitAlarm() {
    Running.patiently().until(() -> !log.warningsWith(ALARM).isEmpty());
  }

  /** The upkeep has looked since. */
  private static void aFewLooks() {
    Awaitility.await()
        .pollDelay(Duration.ofSeconds(6))
        .atMost(Duration.ofMinutes(1))
        .until(() -> true);
  }

  private static void aFewListings() {
    Awaitility.await().pollDelay(Duration.ofSeconds(1)).until(() -> true);
  }

  private long calls(Route route) {
    return sandbox.calls().stream().filter(call -> call.route() == route).count();
  }
}

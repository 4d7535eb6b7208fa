package io.mediadrop.archive;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediadrop.cli.LogLines;
import io.mediadrop.cli.Running;
import io.mediadrop.kit.Mediadrop;
import io.mediadrop.ledger.Ledger;
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
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A disk that is full, write-protected or gone. Each trouble has one alarm; no file is taken
 * meanwhile, none is sent twice, and all goes on by itself once the trouble is over.
 */
class DiskTroubleIT {

  private static final String ALARM = "No more files are taken until this is put right";

  @RegisterExtension final Mediadrop mediadrop = new Mediadrop();
  private final Sandbox sandbox = mediadrop.sandbox();
  private final LogLines log = mediadrop.log();

  @TempDir Path elsewhere;
  private MemoryDisk disk;

  private Connection changing;

  private void start() throws Exception {
    start("0B");
  }

  private void start(String minFree) throws Exception {
    mediadrop
        .impatiently()
        .with("mediadrop.disk.min-free", minFree)
        .with("mediadrop.notify.uri", "mock:notification")
        .start();
    changing = mediadrop.bean("ledger", Ledger.class).note(Handle::getConnection);
  }

  @AfterEach
  void stop() throws Exception {
    mediadrop.stop();
    if (disk != null) {
      disk.unmount();
    }
  }

  @Test
  void keepsWhatWasUploadedWhereTheArchiveIsFull() throws Exception {
    disk = MemoryDisk.over(mediadrop.archive(), "archive", "2m");
    start();
    disk.fill();
    showsWhatATroubleOfTheArchiveDoes(disk::clear);
  }

  @Test
  void keepsWhatWasUploadedWhereTheArchiveIsWriteProtected() throws Exception {
    disk = MemoryDisk.over(mediadrop.archive(), "archive", "2m");
    start();
    disk.protect();
    showsWhatATroubleOfTheArchiveDoes(disk::unprotect);
  }

  @Test
  void putsNothingIntoTheEmptyFolderBelowAnArchiveThatWasUnmounted() throws Exception {
    disk = MemoryDisk.over(mediadrop.archive(), "archive", "2m");
    start();
    disk.moveTo(elsewhere);
    showsWhatATroubleOfTheArchiveDoes(() -> disk.moveBackFrom(elsewhere));
  }

  /** The archive cannot hold this file, though it can hold its receipt. */
  @Test
  void keepsALargeFileForWhichTheArchiveHasNoRoom() throws Exception {
    disk = MemoryDisk.over(mediadrop.archive(), "archive", "2m");
    start();
    Path filling = Files.write(mediadrop.archive().resolve("filling.bin"), new byte[1_500_000]);
    mediadrop.put("first.jpg", 1_000_000, 1);
    awaitAlarm();
    aFewLooks();
    mediadrop.put("second.jpg", 5000, 2);
    aFewListings();
    assertThat(sandbox.uploads()).hasSize(1);

    Files.delete(filling);
    mediadrop.awaitFiled(2);
    assertThat(sandbox.uploads()).hasSize(2);
    assertThat(log.errors()).hasSize(1);
  }

  private interface Remedy {
    void apply() throws Exception;
  }

  private void showsWhatATroubleOfTheArchiveDoes(Remedy remedy) throws Exception {
    mediadrop.put("first.jpg", 300_000, 1);
    awaitAlarm();
    mediadrop.put("second.jpg", 300_000, 2);
    aFewLooks();
    assertThat(mediadrop.drop().resolve("first.jpg")).exists();
    assertThat(sandbox.uploads()).hasSizeLessThanOrEqualTo(1);
    // subscribers may have been told by now; what lies beside the original does when that does
    assertThat(Running.filesIn(mediadrop.archive())).noneMatch(file -> file.endsWith(".json"));

    remedy.apply();
    mediadrop.awaitFiled(2);
    assertThat(sandbox.uploads()).hasSize(2);
    assertThat(calls(Route.WHOLE)).isEqualTo(2);
    assertThat(Running.filesIn(mediadrop.drop())).isEmpty();
    assertThat(Running.filesIn(mediadrop.archive())).hasSize(6);
    assertThat(log.errors()).hasSize(1);
  }

  @Test
  void takesNothingWhileThereIsTooLittleRoom() throws Exception {
    disk = MemoryDisk.over(mediadrop.failed(), "failed", "2m");
    start("1MiB");
    disk.fill();
    awaitAlarm();
    mediadrop.put("a.jpg", 5000);
    aFewListings();
    assertThat(sandbox.calls()).isEmpty();
    assertThat(log.warningsWith(ALARM))
        .singleElement()
        .asString()
        .contains("0 MiB are free for " + mediadrop.failed(), "mediadrop.disk.min-free");

    disk.clear();
    mediadrop.awaitFiled(1);
    assertThat(log.errors()).hasSize(1);
  }

  @Test
  void uploadsNothingUnrecordedWhereTheLedgersDiskIsFull() throws Exception {
    disk = MemoryDisk.over(mediadrop.home().resolve("data"), "data", "16m");
    start();
    disk.fill();
    for (int n = 1; n <= 40; n++) {
      mediadrop.put(n + ".jpg", 5000, n);
    }
    awaitAlarm();
    aFewLooks();
    int stored = sandbox.uploads().size();
    aFewLooks();
    assertThat(sandbox.uploads()).hasSize(stored).hasSizeLessThan(40);

    disk.clear();
    mediadrop.awaitFiled(40);
    assertThat(sandbox.uploads()).hasSize(40);
    assertThat(log.errors()).hasSize(1);
  }

  /** What keeps the ledger from being written, as the database says it. */
  enum LedgerTrouble {
    FULL(List.of("PRAGMA max_page_count = 1"), List.of("PRAGMA max_page_count = 1000000")),
    WRITE_PROTECTED(List.of("PRAGMA query_only = 1"), List.of("PRAGMA query_only = 0"));

    private final List<String> begin;
    private final List<String> end;

    LedgerTrouble(List<String> begin, List<String> end) {
      this.begin = begin;
      this.end = end;
    }
  }

  @ParameterizedTest
  @EnumSource
  void asksTheApiForNothingWhileTheLedgerCannotBeWritten(LedgerTrouble trouble) throws Exception {
    start();
    ledger(trouble.begin);
    for (int n = 1; n <= 60; n++) {
      mediadrop.put(n + ".jpg", 5000, n);
    }
    awaitAlarm();
    aFewLooks();
    int stored = sandbox.uploads().size();
    int calls = sandbox.calls().size();
    aFewLooks();
    assertThat(sandbox.calls()).hasSize(calls);
    assertThat(stored).isLessThan(60);

    ledger(trouble.end);
    mediadrop.awaitFiled(60);
    assertThat(sandbox.uploads()).hasSize(60);
    assertThat(calls(Route.WHOLE)).isEqualTo(60);
    assertThat(log.errors()).hasSize(1);
  }

  @Test
  void holdsTheAnswerThatTheLedgerCannotTake() throws Exception {
    LedgerTrouble trouble = LedgerTrouble.WRITE_PROTECTED;
    start();
    sandbox.faults().next(Route.WHOLE, whenStored(() -> ledger(trouble.begin)));
    mediadrop.put("a.jpg", 5000);
    awaitAlarm();
    aFewLooks();
    assertThat(sandbox.uploads()).hasSize(1);
    assertThat(mediadrop.drops("SENDING")).isOne();

    ledger(trouble.end);
    mediadrop.awaitFiled(1);
    assertThat(sandbox.uploads()).hasSize(1);
    assertThat(sandbox.calls()).hasSize(2);
    assertThat(mediadrop.json("a.jpg.media.json").path("adopted").asBoolean()).isFalse();
    assertThat(log.errors()).hasSize(1);
  }

  @Test
  void tellsNobodyOverAndOverWhatCannotBeRecordedAsTold() throws Exception {
    start();
    MockEndpoint subscriber =
        mediadrop.context().getEndpoint("mock:notification", MockEndpoint.class);
    subscriber.whenAnyExchangeReceived(message -> ledger(LedgerTrouble.WRITE_PROTECTED.begin));
    mediadrop.put("a.jpg", 5000);
    awaitAlarm();
    aFewListings();
    assertThat(subscriber.getReceivedCounter()).isOne();

    subscriber.whenAnyExchangeReceived(message -> {});
    ledger(LedgerTrouble.WRITE_PROTECTED.end);
    mediadrop.awaitFiled(1);
    assertThat(subscriber.getReceivedCounter()).as("recorded without telling again").isOne();
    assertThat(log.errors()).hasSize(1);
  }

  @Test
  void goesOnWhenAnotherProgramLetsGoOfTheLedger() throws Exception {
    start();
    try (Connection other =
            DriverManager.getConnection(
                "jdbc:sqlite:" + mediadrop.home().resolve("data/ledger.db"));
        Statement statement = other.createStatement()) {
      statement.execute("BEGIN IMMEDIATE");
      mediadrop.put("a.jpg", 5000);
      awaitAlarm();
      assertThat(sandbox.calls()).isEmpty();
      assertThat(log.warningsWith(ALARM)).allMatch(line -> line.contains("locked"));
      statement.execute("ROLLBACK");
    }

    mediadrop.awaitFiled(1);
    assertThat(sandbox.uploads()).hasSize(1);
    assertThat(log.errors()).hasSize(1);
  }

  /** Says something to the connection that changes the ledger, also where it cannot begin. */
  private void ledger(List<String> statements) {
    try (Statement statement = changing.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
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

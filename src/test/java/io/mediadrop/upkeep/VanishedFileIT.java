package io.mediadrop.upkeep;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediadrop.archive.Archive;
import io.mediadrop.cli.Running;
import io.mediadrop.file.Home;
import io.mediadrop.lane.Intake;
import io.mediadrop.lane.Lanes;
import io.mediadrop.ledger.Ledger;
import io.mediadrop.ledger.SteppingClock;
import io.mediadrop.ledger.UploadRecords;
import io.mediadrop.media.MediaFiles;
import io.mediadrop.sandbox.Faults;
import io.mediadrop.sandbox.Route;
import io.mediadrop.sandbox.Sandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file that is taken away while it waits, on a machine whose clock the test sets. */
class VanishedFileIT {

  @TempDir Path home;
  @TempDir Path desk;
  private final SteppingClock clock = new SteppingClock();
  private Sandbox sandbox;
  private Running running;
  private Upkeep upkeep;

  @BeforeEach
  void takeAWaitingFileAway() throws Exception {
    sandbox = Sandbox.start();
    running = Running.on(home).impatiently().start(sandbox);
    upkeep = new Upkeep(clock);
    upkeep.setHome(running.bean("home", Home.class));
    upkeep.setLanes(running.bean("lanes", Lanes.class));
    upkeep.setLedger(running.bean("ledger", Ledger.class));
    upkeep.setArchive(running.bean("archive", Archive.class));
    upkeep.setUploadRecords(running.bean("uploadRecords", UploadRecords.class));
    upkeep.setPatience("5m");
    upkeep.setIntake(running.bean("intake", Intake.class));
    upkeep.setMinFree("1MiB");
    upkeep.open();
    sandbox.faults().next(Route.INIT, Faults.unavailable(60));
    MediaFiles.write(running.drop().resolve("a.jpg"), 5000);
    Running.patiently().until(() -> running.drops("WAITING") == 1);
    Files.move(running.drop().resolve("a.jpg"), desk.resolve("a.jpg"));
    Running.patiently().until(() -> running.drops("MISSING") == 1);
  }

  @AfterEach
  void stop() throws IOException {
    running.close();
    sandbox.close();
  }

  @Test
  void isGivenUpAfterADay() {
    clock.step(Duration.ofHours(23));
    upkeep.look();
    assertThat(running.drops("MISSING")).isOne();

    clock.step(Duration.ofHours(2));
    upkeep.look();
    assertThat(running.drops("GONE")).isOne();
  }

  @Test
  void isNotGivenUpWhenTheClockIsSetBack() {
    clock.step(Duration.ofDays(-400));
    upkeep.look();

    assertThat(running.drops("MISSING")).isOne();
  }

  @Test
  void isTheSameDropWhenItReturnsInTime() throws Exception {
    Files.move(desk.resolve("a.jpg"), running.drop().resolve("a.jpg"));
    running.awaitFiled(1);

    assertThat(running.drops("GONE")).isZero();
    assertThat(running.json("a.jpg.media.json").path("attempts").asInt()).isEqualTo(2);
  }

  @Test
  void isANewDropWhenItReturnsLater() throws Exception {
    clock.step(Duration.ofDays(2));
    upkeep.look();
    Files.move(desk.resolve("a.jpg"), running.drop().resolve("a.jpg"));
    running.awaitFiled(1);

    assertThat(running.drops("GONE")).isOne();
    assertThat(running.json("a.jpg.media.json").path("attempts").asInt()).isOne();
    assertThat(sandbox.uploads()).hasSize(1);
  }
}

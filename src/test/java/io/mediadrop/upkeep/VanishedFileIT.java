package io.mediadrop.upkeep;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediadrop.archive.Archive;
import io.mediadrop.cli.Running;
import io.mediadrop.file.Home;
import io.mediadrop.kit.Mediadrop;
import io.mediadrop.lane.Intake;
import io.mediadrop.lane.Lanes;
import io.mediadrop.ledger.Ledger;
import io.mediadrop.ledger.SteppingClock;
import io.mediadrop.ledger.UploadRecords;
import io.mediadrop.sandbox.Faults;
import io.mediadrop.sandbox.Route;
import io.mediadrop.sandbox.Sandbox;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A file that is taken away while it waits, on a machine whose clock the test sets. */
class VanishedFileIT {

  @RegisterExtension final Mediadrop mediadrop = new Mediadrop();
  private final Sandbox sandbox = mediadrop.sandbox();

  @TempDir Path desk;
  private final SteppingClock clock = new SteppingClock();
  private Upkeep upkeep;

  @BeforeEach
  void takeAWaitingFileAway() throws Exception {
    mediadrop.impatiently().start();
    upkeep = new Upkeep(clock);
    upkeep.setHome(mediadrop.bean("home", Home.class));
    upkeep.setLanes(mediadrop.bean("lanes", Lanes.class));
    upkeep.setLedger(mediadrop.bean("ledger", Ledger.class));
    upkeep.setArchive(mediadrop.bean("archive", Archive.class));
    upkeep.setUploadRecords(mediadrop.bean("uploadRecords", UploadRecords.class));
    upkeep.setPatience("5m");
    upkeep.setIntake(mediadrop.bean("intake", Intake.class));
    upkeep.open();
    sandbox.faults().next(Route.INIT, Faults.unavailable(60));
    mediadrop.put("a.jpg", 5000);
    Running.patiently().until(() -> mediadrop.drops("WAITING") == 1);
    Files.move(mediadrop.drop().resolve("a.jpg"), desk.resolve("a.jpg"));
    Running.patiently().until(() -> mediadrop.drops("MISSING") == 1);
  }

  @Test
  void isGivenUpAfterADay() {
    clock.step(Duration.ofHours(23));
    upkeep.look();
    assertThat(mediadrop.drops("MISSING")).isOne();

    clock.step(Duration.ofHours(2));
    upkeep.look();
    assertThat(mediadrop.drops("GONE")).isOne();
  }

  @Test
  void isNotGivenUpWhenTheClockIsSetBack() {
    clock.step(Duration.ofDays(-400));
    upkeep.look();

    assertThat(mediadrop.drops("MISSING")).isOne();
  }

  @Test
  void isTheSameDropWhenItReturnsInTime() throws Exception {
    Files.move(desk.resolve("a.jpg"), mediadrop.drop().resolve("a.jpg"));
    mediadrop.awaitFiled(1);

    assertThat(mediadrop.drops("GONE")).isZero();
    assertThat(mediadrop.json("a.jpg.media.json").path("attempts").asInt()).isEqualTo(2);
  }

  @Test
  void isANewDropWhenItReturnsLater() throws Exception {
    clock.step(Duration.ofDays(2));
    upkeep.look();
    Files.move(desk.resolve("a.jpg"), mediadrop.drop().resolve("a.jpg"));
    mediadrop.awaitFiled(1);

    assertThat(mediadrop.drops("GONE")).isOne();
    assertThat(mediadrop.json("a.jpg.media.json").path("attempts").asInt()).isOne();
    assertThat(sandbox.uploads()).hasSize(1);
  }
}

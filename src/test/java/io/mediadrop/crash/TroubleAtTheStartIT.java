package io.mediadrop.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediadrop.archive.MemoryDisk;
import io.mediadrop.cli.Running;
import io.mediadrop.media.MediaFiles;
import io.mediadrop.sandbox.Sandbox;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A machine that does not let mediadrop start for a while, which no setting has to do with. */
class TroubleAtTheStartIT {

  private static final int TRY_AGAIN = 75;

  @TempDir Path folder;
  private Path home;
  private MemoryDisk disk;
  private Sandbox sandbox;

  @BeforeEach
  void haveADisk() throws Exception {
    home = folder.resolve("home");
    disk = MemoryDisk.over(home, "home", "48m");
    sandbox = Sandbox.start();
  }

  @AfterEach
  void unmount() throws Exception {
    sandbox.close();
    disk.unmount();
  }

  private Child start() throws Exception {
    return Child.on(home).property("java.io.tmpdir", folder.toString()).start(sandbox);
  }

  private void endsToBeStartedAgain(String why) throws Exception {
    try (Child child = start()) {
      assertThat(child.awaitEnd(90)).as(child.output()).isEqualTo(TRY_AGAIN);
      assertThat(child.output().lines().filter(line -> line.startsWith("mediadrop: ")))
          .singleElement()
          .asString()
          .contains(why, "no setting is wrong")
          .doesNotContain("delete", "restore", "name another");
    }
    Files.delete(folder.resolve("home.log"));
  }

  private void uploads(int number) throws Exception {
    try (Child child = start()) {
      Path drop = Files.createDirectories(home.resolve("drop"));
      MediaFiles.write(drop.resolve(number + ".jpg"), 5_000, number);
      child.awaitFiled(number, Duration.ofMinutes(1));
    }
    Files.delete(folder.resolve("home.log"));
  }

  @Test
  void aFullDiskOfANewHomeIsNoMistake() throws Exception {
    disk.fill();
    endsToBeStartedAgain("o space left");

    disk.clear();
    uploads(1);
  }

  @Test
  void aDiskThatIsFullAtALaterStartIsWaitedFor() throws Exception {
    uploads(1);
    disk.fill();
    try (Child child = start()) {
      MediaFiles.write(folder.resolve("2.jpg"), 5_000, 2);
      child.patiently().until(() -> child.output().contains("No more files are taken until"));
      disk.clear();
      Files.move(folder.resolve("2.jpg"), home.resolve("drop/2.jpg"));
      child.awaitFiled(2, Duration.ofMinutes(1));
      assertThat(child.output().lines().filter(line -> line.contains("lanes.json")))
          .hasSizeLessThanOrEqualTo(1);
    }
  }

  @Test
  void aWriteProtectedDiskIsNoMistake() throws Exception {
    uploads(1);
    disk.protect();
    endsToBeStartedAgain("ead-only file system");

    disk.unprotect();
    uploads(2);
  }

  @Test
  void aLedgerThatAnotherProgramHoldsIsNoMistake() throws Exception {
    uploads(1);
    Path ledger = home.resolve("data/ledger.db");
    try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + ledger);
        Statement statement = other.createStatement()) {
      statement.execute("PRAGMA locking_mode = EXCLUSIVE");
      statement.execute("BEGIN EXCLUSIVE");
      endsToBeStartedAgain("leave it as it is");
      statement.execute("ROLLBACK");
    }
    uploads(2);
  }

  @Test
  void aDamagedLedgerIsKeptAndStaysAMistake() throws Exception {
    uploads(1);
    // with its log it would be made whole
    Files.delete(home.resolve("data/ledger.db-wal"));
    Files.writeString(home.resolve("data/ledger.db"), "no database at all ".repeat(1_000));
    try (Child child = start()) {
      assertThat(child.awaitEnd(90)).as(child.output()).isEqualTo(2);
      assertThat(child.output()).contains("bring the file back from a copy", "keep it");
    }
  }

  @Test
  void aSecondRunOnAHomeStaysAMistake() throws Exception {
    uploads(1);
    try (Child first = start()) {
      Running.patiently().until(() -> first.output().contains("watches"));
      try (Child second = start()) {
        assertThat(second.awaitEnd(90)).as(second.output()).isEqualTo(2);
      }
    }
  }
}

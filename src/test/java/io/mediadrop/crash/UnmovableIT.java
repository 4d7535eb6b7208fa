package io.mediadrop.crash;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.mediadrop.archive.MemoryDisk;
import io.mediadrop.cli.Running;
import io.mediadrop.media.MediaFiles;
import io.mediadrop.sandbox.Answer;
import io.mediadrop.sandbox.Exchange;
import io.mediadrop.sandbox.Fault;
import io.mediadrop.sandbox.Route;
import io.mediadrop.sandbox.Sandbox;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Originals that real file systems do not let go: root of Linux, ext4 and setpriv are needed. */
@Tag("troubles")
class UnmovableIT {

  private static final String PHOTO = "photo.jpg";

  @TempDir Path folder;
  private Path home;
  private Path drop;
  private Sandbox sandbox;
  private Subscriber subscriber;
  private Child child;

  @BeforeEach
  void start() throws Exception {
    home = folder.resolve("home");
    drop = Files.createDirectories(home.resolve("drop"));
    sandbox = Sandbox.start();
    subscriber = new Subscriber();
  }

  @AfterEach
  void stop() throws Exception {
    if (child != null) {
      child.close();
    }
    subscriber.close();
    sandbox.close();
  }

  private interface Step {
    void take() throws Exception;
  }

  @Test
  void isAnnouncedThoughItMayNotBeChanged() throws Exception {
    Path photo = MediaFiles.write(drop.resolve(PHOTO), 5000);
    run("chattr", "+i", photo.toString());
    isAnnouncedOnceAndFiledAfter(() -> run("chattr", "-i", photo.toString()));
  }

  @Test
  void isAnnouncedThoughItIsSomebodyElsesInAStickyFolder() throws Exception {
    Path photo = MediaFiles.write(drop.resolve(PHOTO), 5000);
    run("chown", "1:1", drop.toString(), photo.toString());
    run("chmod", "1777", drop.toString());
    isAnnouncedOnceAndFiledAfter(() -> run("chmod", "0777", drop.toString()));
  }

  @Test
  void isAnnouncedThoughItsDiskIsReadOnlyByNow() throws Exception {
    MemoryDisk disk = MemoryDisk.over(drop, "drop", "2m");
    try {
      whenUploaded(disk::protect);
      MediaFiles.write(drop.resolve(PHOTO), 5000);
      isAnnouncedOnceAndFiledAfter(disk::unprotect);
    } finally {
      disk.unmount();
    }
  }

  @Test
  void isAnnouncedThoughTheArchiveIsFullOrAwayForLong() throws Exception {
    MemoryDisk disk = MemoryDisk.over(home.resolve("archive"), "archive", "2m");
    Path elsewhere = folder.resolve("elsewhere");
    try {
      whenUploaded(() -> disk.moveTo(elsewhere));
      MediaFiles.write(drop.resolve(PHOTO), 5000);
      isAnnouncedOnceAndFiledAfter(() -> disk.moveBackFrom(elsewhere));
    } finally {
      disk.unmount();
    }
  }

  private void isAnnouncedOnceAndFiledAfter(Step remedy) throws Exception {
    child =
        Child.on(home)
            .under("setpriv", "--bounding-set=-fowner", "--inh-caps=-all")
            .set("mediadrop.notify.uri", subscriber.uri())
            .start(sandbox);
    Running.patiently()
        .failFast(() -> !child.isAlive())
        .until(() -> !subscriber.eventsOf(PHOTO).isEmpty());
    assertThat(LedgerInvariants.violations(home)).isEmpty();
    assertThat(told())
        .hasSize(1)
        .allMatch(data -> data.contains("\"archived\":null") && data.contains("\"notMoved\":\""));

    remedy.take();
    Running.patiently()
        .until(
            () ->
                LedgerInvariants.count(home, "SELECT COUNT(*) FROM drops WHERE state = 'FILED'")
                        == 1
                    && LedgerInvariants.count(home, "SELECT COUNT(*) FROM outbox") == 0);
    assertThat(sandbox.uploads()).hasSize(1);
    assertThat(subscriber.eventsOf(PHOTO)).hasSize(1);
    assertThat(Running.filesIn(drop)).isEmpty();
    assertThat(Running.filesIn(home.resolve("archive")))
        .extracting(file -> file.substring(file.lastIndexOf('/') + 1))
        .containsExactlyInAnyOrder(PHOTO, PHOTO + ".media.json", PHOTO + ".assets.json");
    assertThat(child.output().lines().filter(line -> line.contains(" ERROR "))).hasSize(1);
  }

  private List<String> told() {
    return subscriber.dataOf(PHOTO).stream().map(JsonNode::toString).toList();
  }

  private void whenUploaded(Step trouble) {
    sandbox
        .faults()
        .next(
            Route.WHOLE,
            new Fault() {
              @Override
              public Answer answering(Answer answer, Exchange call) throws IOException {
                try {
                  trouble.take();
                } catch (Exception e) {
                  throw new IOException(e);
                }
                return answer;
              }
            });
  }

  private static void run(String... command) throws Exception {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor())
        .as("%s needs root and a file system such as ext4: %s", command[0], said)
        .isZero();
  }
}

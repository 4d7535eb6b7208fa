package io.mediadrop.archive;

import static io.mediadrop.cli.Running.patiently;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mediadrop.base.PassingTrouble;
import io.mediadrop.cli.Running;
import io.mediadrop.kit.Mediadrop;
import io.mediadrop.notify.WebhookEndpoint;
import io.mediadrop.sandbox.Upload;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The archive lies on a disk of its own, which is pulled and brought back. */
class PulledArchiveTest {

  @RegisterExtension final Mediadrop mediadrop = new Mediadrop().impatiently();
  private WebhookEndpoint webhook;
  private MemoryDisk disk;
  private Path aside;

  @BeforeEach
  void upload() throws Exception {
    disk = MemoryDisk.over(mediadrop.archive(), "archive", "16m");
    aside = mediadrop.folder("aside");
    webhook = mediadrop.webhook();
    mediadrop.log();
    mediadrop.start();
    mediadrop.put("before.jpg", 5_000, 1);
    mediadrop.awaitFiled(1);
  }

  @AfterEach
  void unmount() throws Exception {
    mediadrop.stop();
    disk.unmount();
  }

  private void isAllThereOnce() {
    assertThat(mediadrop.sandbox().uploads())
        .extracting(Upload::name)
        .containsExactlyInAnyOrder("before.jpg", "since.jpg");
    assertThat(Running.filesIn(mediadrop.archive()))
        .filteredOn(file -> file.endsWith(".jpg"))
        .extracting(file -> Path.of(file).getFileName().toString())
        .containsExactlyInAnyOrder("before.jpg", "since.jpg", "again.jpg");
    assertThat(webhook.messages()).extracting(WebhookEndpoint.Message::id).doesNotHaveDuplicates();
    assertThat(webhook.types())
        .containsExactlyInAnyOrder("media.uploaded", "media.uploaded", "file.duplicate");
  }

  private void dropTwo() {
    mediadrop.put("since.jpg", 6_000, 2);
    mediadrop.put("again.jpg", 5_000, 1);
  }

  private void awaitBoth() {
    mediadrop.awaitFiled(2);
    patiently().until(() -> mediadrop.drops("DUPLICATE") == 1 && mediadrop.undelivered() == 0);
    mediadrop.awaitEmptyDrop();
  }

  @Test
  void losesAndDoublesNothingWhereThatHappensWhileItRuns() throws Exception {
    disk.moveTo(aside);
    dropTwo();
    mediadrop.log().await("lies on another disk");
    assertThat(Running.filesIn(mediadrop.archive())).isEmpty();

    disk.moveBackFrom(aside);
    awaitBoth();
    isAllThereOnce();
  }

  @Test
  void losesAndDoublesNothingWhereThatHappensBetweenTwoRuns() throws Exception {
    mediadrop.stop();
    disk.moveTo(aside);
    dropTwo();
    assertThatThrownBy(mediadrop::start)
        .hasRootCauseInstanceOf(PassingTrouble.class)
        .hasStackTraceContaining("mount that disk");
    mediadrop.stop();
    assertThat(Running.filesIn(mediadrop.archive())).isEmpty();

    disk.moveBackFrom(aside);
    mediadrop.start();
    awaitBoth();
    isAllThereOnce();
    assertThat(mediadrop.log().warningsWith("older than its home")).isEmpty();
  }
}

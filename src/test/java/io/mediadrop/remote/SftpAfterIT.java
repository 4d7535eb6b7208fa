package io.mediadrop.remote;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediadrop.cli.LogLines;
import io.mediadrop.cli.Running;
import io.mediadrop.kit.Mediadrop;
import io.mediadrop.media.MediaFiles;
import io.mediadrop.sandbox.Sandbox;
import io.mediadrop.sandbox.Upload;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What becomes of a file on its server once it is uploaded. */
class SftpAfterIT {

  @RegisterExtension final Mediadrop mediadrop = new Mediadrop();
  private final Sandbox sandbox = mediadrop.sandbox();

  private SftpHost host;
  private SftpLane lane;
  private Path photo;

  @BeforeEach
  void start() throws Exception {
    host = mediadrop.closing(SftpHost.on(mediadrop.folder("server")));
    lane = SftpLane.over(host, mediadrop.folder("config"));
    photo = MediaFiles.write(host.root().resolve("in/photo.jpg"), 20_000);
  }

  /** Duplicates are not looked for: what is uploaded twice is seen. */
  private void run() throws Exception {
    lane.prepare(mediadrop).with("mediadrop.duplicates", "upload").start();
  }

  private void probe(String name) throws Exception {
    MediaFiles.write(photo.resolveSibling(name), 5_000, name.hashCode());
  }

  @Test
  void isDeletedWhereThatIsWanted() throws Exception {
    lane.with("after", "delete");
    run();
    mediadrop.awaitFiled(1);
    Running.patiently().until(() -> Running.filesIn(host.root()).isEmpty());
    assertThat(Running.filesIn(mediadrop.archive())).hasSize(3);
  }

  @Test
  void isKeptAndNeverUploadedAgainUnlessItChanges() throws Exception {
    lane.with("after", "keep");
    Files.writeString(photo.resolveSibling("list.txt"), "no media");
    run();
    mediadrop.awaitFiled(1);
    mediadrop.awaitFailed(1);
    // a later file has come through: the listings went on meanwhile
    probe("second.jpg");
    mediadrop.awaitFiled(2);

    mediadrop.stop();
    run();
    probe("third.jpg");
    mediadrop.awaitFiled(3);
    assertThat(sandbox.uploads()).hasSize(3);
    assertThat(mediadrop.drops("FAILED_MOVED")).isEqualTo(1);
    assertThat(Running.filesIn(host.root()))
        .containsExactly("in/list.txt", "in/photo.jpg", "in/second.jpg", "in/third.jpg");

    MediaFiles.write(photo, 30_000, 5);
    mediadrop.awaitFiled(4);
    assertThat(sandbox.uploads()).extracting(Upload::size).contains(30_000L);

    mediadrop.stop();
    lane.with("after", "done");
    run();
    // what was kept is uploaded already, and has only to be moved
    Running.patiently().until(() -> Running.filesIn(host.root().resolve("in/done")).size() == 3);
    assertThat(sandbox.uploads()).hasSize(4);
    Running.patiently().until(() -> Files.exists(photo.resolveSibling("failed/list.txt")));
    assertThat(mediadrop.drops("FILED")).isEqualTo(4);
  }

  @Test
  void isNotUploadedAgainWhenItCannotBeMoved() throws Exception {
    host.setReadOnly(true);
    try (LogLines log = new LogLines()) {
      run();
      mediadrop.awaitFiled(1);
      probe("second.jpg");
      mediadrop.awaitFiled(2);
      Running.patiently().until(() -> !log.warningsWith("cannot be put away").isEmpty());
      assertThat(log.warningsWith("cannot be put away"))
          .singleElement()
          .asString()
          .contains("lane's after to keep", "Nothing is uploaded twice");

      mediadrop.stop();
      run();
      probe("third.jpg");
      mediadrop.awaitFiled(3);
      host.setReadOnly(false);
      Running.patiently().until(() -> Running.filesIn(host.root().resolve("in/done")).size() == 3);
      assertThat(sandbox.uploads()).hasSize(3);
      assertThat(Running.filesIn(host.root())).hasSize(3);
    }
  }

  @Test
  void isMovedLaterWhenTheServerDiesMeanwhileAndNoRightsAreBlamed() throws Exception {
    CountDownLatch died = new CountDownLatch(1);
    host.onMoving(
        () -> {
          if (died.getCount() > 0) {
            new Thread(() -> stopHost(died)).start();
            // the connection is cut meanwhile
            await(died, 500);
          }
        });
    LogLines log = mediadrop.log();
    run();
    mediadrop.awaitFiled(1);
    await(died, 10_000);
    host.start();
    Running.patiently().until(() -> Files.exists(photo.resolveSibling("done/photo.jpg")));
    assertThat(sandbox.uploads()).hasSize(1);
    assertThat(log.warningsWith("cannot be put away")).isEmpty();
  }

  private void stopHost(CountDownLatch died) {
    try {
      host.stop();
      died.countDown();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void await(CountDownLatch latch, long millis) {
    try {
      latch.await(millis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void isUploadedAgainWhenItIsTakenOutOfDone() throws Exception {
    run();
    Path done = photo.resolveSibling("done/photo.jpg");
    Running.patiently().until(() -> Files.exists(done) && !Files.exists(photo));
    Running.patiently()
        .until(
            () ->
                mediadrop.bean("remoteFolders", RemoteFolders.class).drops().left("nas").isEmpty());
    Files.move(done, photo);
    mediadrop.awaitFiled(2);
    assertThat(sandbox.uploads()).hasSize(2);
  }
}

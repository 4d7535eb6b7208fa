package io.mediadrop.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediadrop.api.Checksums;
import io.mediadrop.cli.Running;
import io.mediadrop.drop.Drop;
import io.mediadrop.drop.DropState;
import io.mediadrop.kit.Mediadrop;
import io.mediadrop.media.MediaFiles;
import io.mediadrop.sandbox.Faults;
import io.mediadrop.sandbox.Route;
import io.mediadrop.sandbox.Sandbox;
import io.mediadrop.sandbox.SandboxOptions;
import io.mediadrop.sandbox.Upload;
import io.mediadrop.sandbox.When;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ReplacedWhileWaitingTest {

  /** So that the files are large enough for their checksums to be recorded at once. */
  private static final int PART = 3 << 20;

  @RegisterExtension final Mediadrop mediadrop = new Mediadrop();

  /** The content that was at the path before is no duplicate of what is there now. */
  @Test
  void isComparedByItsNewContentEvenIfItsLengthIsTheSame() throws Exception {
    Sandbox sandbox = mediadrop.sandbox(SandboxOptions.defaults().withPartSize(PART));
    mediadrop.with("mediadrop.retry.max-wait", "3s").start();
    // with a session the file is not hashed again, whatever has been put in its place
    sandbox.faults().on(When.route(Route.PART), Faults.refuse(503, "NETWORK_ERROR"));
    Path first = mediadrop.put("a.mp4", 2 * PART, 1);
    Path other = mediadrop.put("b.mp4", 2 * PART, 2);
    List<String> contents =
        List.of(
            new Checksums().md5(first),
            new Checksums().md5(other),
            new Checksums()
                .md5(MediaFiles.write(mediadrop.home().resolve("data/new.mp4"), 2 * PART, 3)));
    Running.patiently().until(() -> isHashed("a.mp4") && mediadrop.drops("WAITING") == 2);

    Path moved = Files.move(first, mediadrop.home().resolve("data/first.mp4"));
    Files.move(mediadrop.home().resolve("data/new.mp4"), first, StandardCopyOption.ATOMIC_MOVE);
    sandbox.faults().clear();
    Running.patiently().until(() -> mediadrop.drops("FILED") == 2);
    Files.move(moved, mediadrop.drop().resolve("c.mp4"));
    mediadrop.awaitFiled(3);

    assertThat(sandbox.uploads())
        .extracting(Upload::md5)
        .containsExactlyInAnyOrderElementsOf(contents);
  }

  /** Somebody else, such as who asks the API for files that vanished, has the drop meanwhile. */
  @Test
  void isNotGivenUpUnderTheHandsOfWhoeverSettlesIt() throws Exception {
    Sandbox sandbox = mediadrop.sandbox();
    mediadrop.with("mediadrop.retry.max-wait", "1s").start();
    sandbox.faults().on(When.route(Route.INIT), Faults.refuse(503, "NETWORK_ERROR"));
    Path file = mediadrop.put("a.jpg", 5_000, 1);
    Running.patiently().until(() -> mediadrop.drops("WAITING") == 1);
    Files.delete(file);
    Ledger ledger = mediadrop.bean("ledger", Ledger.class);
    Drop other = ledger.taken(ledger.in(DropState.WAITING).get(0));
    sandbox.faults().clear();
    MediaFiles.write(file, 6_000, 2);
    mediadrop.put("b.jpg", 7_000, 3);
    mediadrop.awaitFiled(1);
    Awaitility.await().pollDelay(Duration.ofSeconds(2)).until(() -> true);
    assertThat(mediadrop.drops("WAITING")).isEqualTo(1);

    ledger.letGo(other.id());
    mediadrop.awaitFiled(2);
    assertThat(mediadrop.drops("GONE")).isEqualTo(1);
  }

  /** The two have the same size, so that each is compared with the other. */
  private boolean isHashed(String path) {
    return mediadrop
        .bean("ledger", Ledger.class)
        .read(
            handle ->
                handle
                    .createQuery("SELECT 1 FROM drops WHERE path = ? AND md5 IS NOT NULL")
                    .bind(0, path)
                    .mapTo(Integer.class)
                    .findOne()
                    .isPresent());
  }
}

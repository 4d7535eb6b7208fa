package io.mediadrop.source;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.mediadrop.cli.LogLines;
import io.mediadrop.cli.Running;
import io.mediadrop.kit.Mediadrop;
import io.mediadrop.media.MediaFiles;
import io.mediadrop.sandbox.Faults;
import io.mediadrop.sandbox.Route;
import io.mediadrop.sandbox.When;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import org.apache.camel.util.concurrent.SizedScheduledExecutorService;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.slf4j.LoggerFactory;

/** Many files that lie in a folder, and are uploaded one after the other. */
class BacklogWorkedOffTest {

  private static final int FILES = 60;

  @RegisterExtension final Mediadrop mediadrop = new Mediadrop();
  private final Logger looks = (Logger) LoggerFactory.getLogger("mediadrop.lane");

  @BeforeEach
  void listen() {
    looks.setLevel(Level.DEBUG);
  }

  @AfterEach
  void listenNoMore() {
    looks.setLevel(null);
  }

  @Test
  void isNotLookedThroughAgainAndAgain() throws Exception {
    mediadrop.sandbox().faults().on(When.route(Route.WHOLE), Faults.delay(Duration.ofMillis(100)));
    for (int i = 0; i < FILES; i++) {
      mediadrop.put("%02d.jpg".formatted(i), 5_000 + i);
    }
    mediadrop.with("mediadrop.drop.poll", "100ms").start();
    LogLines log = mediadrop.log();
    mediadrop.awaitFiled(FILES);
    // by the clock alone there would be one each 100 ms
    assertThat(log.with("looked through")).hasSizeLessThan(15);

    mediadrop.put("late.jpg", 4_000);
    mediadrop.awaitFiled(FILES + 1);
  }

  @Test
  void isNotMissedWhatComesOrChangesMeanwhile() throws Exception {
    mediadrop.sandbox().faults().on(When.route(Route.WHOLE), Faults.delay(Duration.ofMillis(100)));
    for (int i = 0; i < FILES; i++) {
      mediadrop.put("%02d.jpg".formatted(i), 5_000 + i);
    }
    mediadrop.start();
    Running.patiently().until(() -> mediadrop.sandbox().uploads().size() > 4);
    mediadrop.put("new.jpg", 4_000);
    Files.write(
        MediaFiles.write(mediadrop.drop().resolve("59.jpg"), 7_000),
        new byte[] {1},
        StandardOpenOption.APPEND);

    mediadrop.awaitFiled(FILES + 1);
    assertThat(mediadrop.sandbox().uploads())
        .extracting("size")
        .contains(4_000L, 7_001L)
        .doesNotContain(5_059L);
  }

  @Test
  void takesNoTurnsWhileThereIsNothing() throws Exception {
    mediadrop.with("mediadrop.drop.poll", "500ms").start();
    LogLines log = mediadrop.log();
    Running.patiently().until(() -> log.with("looked through 0 files").size() > 1);
    SizedScheduledExecutorService polls =
        (SizedScheduledExecutorService)
            mediadrop.context().getComponent("drop-folder", DropFolderComponent.class).polls();
    long before = polls.getScheduledThreadPoolExecutor().getCompletedTaskCount();

    Awaitility.await().pollDelay(Duration.ofSeconds(3)).until(() -> true);

    assertThat(polls.getScheduledThreadPoolExecutor().getCompletedTaskCount() - before)
        .isLessThan(20);
  }
}

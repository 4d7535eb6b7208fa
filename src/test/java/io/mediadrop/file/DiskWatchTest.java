package io.mediadrop.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever asks how the disks are waits for none of them. */
class DiskWatchTest {

  @TempDir Path folder;
  private final AtomicLong clock = new AtomicLong(1);
  private final Home home = new Home();

  @BeforeEach
  void nameHome() {
    home.setRoot(folder.toString());
  }

  @Test
  void saysThatADiskDoesNotAnswerUntilItDoes() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch answered = new CountDownLatch(1);
    DiskWatch watch =
        new DiskWatch(
            home,
            () -> {
              begun.countDown();
              try {
                answered.await();
              } catch (InterruptedException e) {
                throw new IOException(e);
              }
              return null;
            },
            clock::get);
    Thread looking = new Thread(watch::look);
    looking.start();
    begun.await();

    clock.addAndGet(Duration.ofSeconds(29).toNanos());
    assertThat(watch.trouble()).isEmpty();
    clock.addAndGet(Duration.ofSeconds(2).toNanos());
    assertThat(watch.trouble()).get().asString().contains("have not answered for more than 30 s");

    answered.countDown();
    looking.join();
    assertThat(watch.trouble()).isEmpty();
  }

  @Test
  void saysThatADiskCannotBeLookedAt() {
    DiskWatch watch =
        new DiskWatch(
            home,
            () -> {
              throw new IOException("Input/output error");
            },
            clock::get);

    watch.look();

    assertThat(watch.trouble()).get().asString().contains("Input/output error", "see to its disk");
  }
}

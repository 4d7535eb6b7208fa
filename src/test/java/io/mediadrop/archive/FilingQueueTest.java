package io.mediadrop.archive;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediadrop.drop.Drop;
import io.mediadrop.drop.DropState;
import io.mediadrop.file.Home;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A queue whose drops cannot be filed, as nothing is there to file them with. */
class FilingQueueTest {

  private final FilingQueue queue =
      new FilingQueue(
          new Home(), new Filing(null, null, null, null, null, null, null), Duration.ofMillis(300));
  private final CountDownLatch end = new CountDownLatch(1);

  @BeforeEach
  void open() {
    queue.open();
  }

  @Test
  void goesOnAfterAnError() throws Exception {
    queue.add(
        drop("first"),
        filed -> {
          throw new StackOverflowError("deeper than the stack");
        });
    queue.add(drop("second"), filed -> end.countDown());

    assertThat(end.await(5, TimeUnit.SECONDS)).isTrue();
    queue.close();
  }

  @Test
  void endsThoughTheDiskHangs() throws Exception {
    queue.add(drop("hanging"), filed -> awaitEnd());
    Thread stop = new Thread(queue::close);
    stop.start();
    stop.join(5_000);
    boolean ended = !stop.isAlive();
    end.countDown();

    assertThat(ended).isTrue();
  }

  private void awaitEnd() {
    try {
      end.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Drop drop(String name) {
    return new Drop(
        name.hashCode(),
        "default",
        "connection",
        Path.of("/drop", name),
        name,
        1,
        1,
        DropState.UPLOADED,
        1,
        0,
        null,
        null,
        name,
        false,
        null,
        1);
  }
}

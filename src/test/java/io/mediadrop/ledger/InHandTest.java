package io.mediadrop.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediadrop.drop.Drop;
import io.mediadrop.drop.DropState;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is in memory goes when the disk has it, and not before. */
class InHandTest {

  @TempDir Path folder;

  @Test
  void anUploadStaysInHandUntilItIsOnTheDisk() throws Exception {
    try (OpenLedger open = OpenLedger.in(folder)) {
      Ledger ledger = open.ledger();
      ledger.write(handle -> Rows.drop(handle, DropState.SENDING, "a.jpg", Map.of()));
      Drop drop = ledger.taken(ledger.in(DropState.SENDING).get(0));
      CountDownLatch disk = new CountDownLatch(1);
      CompletableFuture<Void> slow = CompletableFuture.runAsync(() -> hold(ledger, disk));
      ledger.answer(drop, handle -> drop.uploaded("l/a.jpg", false));

      ledger.letGo(drop.id());

      boolean inHand = ledger.isInHand(drop);
      disk.countDown();
      slow.join();
      assertThat(inHand).isTrue();
      Awaitility.await().until(() -> !ledger.isInHand(drop));
    }
  }

  private static void hold(Ledger ledger, CountDownLatch disk) {
    ledger.note(
        handle -> {
          try {
            disk.await();
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
          return null;
        });
  }
}

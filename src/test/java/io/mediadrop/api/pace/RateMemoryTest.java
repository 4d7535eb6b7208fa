package io.mediadrop.api.pace;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediadrop.lane.Place;
import io.mediadrop.ledger.Connections;
import io.mediadrop.ledger.OpenLedger;
import io.mediadrop.ledger.RateLevels;
import java.nio.file.Path;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RateMemoryTest {

  /** So few come back that the time which the test takes does not matter. */
  private static final Allowance SLOW = new Allowance(0.01, 90);

  private static final String CONNECTION = "conn_secret";

  @TempDir Path folder;
  private OpenLedger opened;
  private RateLevels levels;

  @BeforeEach
  void open() {
    opened = OpenLedger.in(folder);
    Connections connections = new Connections();
    connections.setDatabase(opened.database());
    connections.open();
    levels = new RateLevels(connections);
  }

  @AfterEach
  void close() throws Exception {
    opened.close();
  }

  private double recalled() {
    return RateMemory.recall(CONNECTION, SLOW, levels);
  }

  private RateLimit spend(int calls, RateMemory[] used) throws Exception {
    RateLimit limit = new RateLimit(SLOW, recalled(), System::nanoTime);
    used[0] = new RateMemory(limit, CONNECTION, levels);
    for (int i = 0; i < calls; i++) {
      limit.ended(limit.take(Priority.ENDING, null, () -> true, new Place.Wait(null)), null);
      used[0].noteAhead();
    }
    return limit;
  }

  @Test
  void hasAllCallsOfAConnectionThatWasNeverSeen() {
    assertThat(recalled()).isEqualTo(90);
  }

  @Test
  void knowsWhatIsLeftAfterAStop() throws Exception {
    RateMemory[] memory = new RateMemory[1];
    spend(30, memory);
    memory[0].noteAll();

    assertThat(recalled()).isBetween(60.0, 60.5);
  }

  @Test
  void neverHasMoreThanIsLeftAfterAKillAndHardlyLess() throws Exception {
    for (int calls = 1; calls <= 7; calls++) {
      double before = recalled();
      double left = spend(calls, new RateMemory[1]).level();

      assertThat(recalled()).isBetween(left - 5.1, left + 0.1);
      assertThat(left).isBetween(before - calls, before - calls + 0.1);
    }
  }

  @Test
  void hasWhatCameBackMeanwhile() {
    levels.note(CONNECTION, 10);
    Allowance fast = new Allowance(60_000_000, 90);

    Awaitility.await().until(() -> RateMemory.recall(CONNECTION, fast, levels) > 1000);
  }

  @Test
  void doesNotNameTheConnection() {
    levels.note(CONNECTION, 10);

    String kept =
        opened
            .database()
            .read(
                handle ->
                    handle
                        .createQuery("SELECT connection FROM rate_levels")
                        .mapTo(String.class)
                        .one());
    assertThat(kept).doesNotContain(CONNECTION);
  }
}

package io.mediadrop.upkeep;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediadrop.drop.DropState;
import io.mediadrop.ledger.Ledger;
import io.mediadrop.ledger.OpenLedger;
import io.mediadrop.ledger.Rows;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A ledger in which something has been told, failed or gone long ago. */
class LedgerTrimTest {

  @TempDir Path folder;
  private OpenLedger opened;
  private Ledger ledger;
  private LedgerTrim trim;

  @BeforeEach
  void open() {
    opened = OpenLedger.in(folder);
    ledger = opened.ledger();
    trim = new LedgerTrim(ledger);
  }

  @AfterEach
  void close() throws Exception {
    opened.close();
  }

  @Test
  void forgetsTheDropsOfWhichNothingIsLeft() {
    ledger.write(
        handle -> {
          drop(handle, 1, "GONE", 31, null);
          drop(handle, 2, "GONE", 29, null);
          drop(handle, 3, "GONE", 31, null);
          handle.execute(
              "INSERT INTO outbox (seq, endpoint, type, subject, at) VALUES (1, 1, 4, 3, 1)");
          drop(handle, 4, "FAILED_MOVED", 31, "default/a.jpg");
          drop(handle, 5, "FAILED_MOVED", 31, null);
          drop(handle, 6, "FAILED_MOVED", 31, null);
          handle.execute("INSERT INTO remote (id, lane, origin, path) VALUES (6, 'l', 'o', 'a')");
          drop(handle, 7, "FILED", 3000, null);
          return drop(handle, 8, "WAITING", 3000, null);
        });
    trim.trim();

    assertThat(ids("drops"))
        .as("gone just now, untold, failed, failed on a server, uploaded, waiting")
        .containsExactlyInAnyOrder("2", "3", "4", "6", "7", "8");
  }

  @Test
  void forgetsThePartsOfWhatIsUploaded() {
    ledger.write(
        handle -> {
          drop(handle, 1, "FILED", 1, null);
          drop(handle, 2, "OPENED", 1, null);
          handle.execute("INSERT INTO parts (drop_id, number) VALUES (1, 1), (2, 1)");
          return 1;
        });
    trim.trim();

    assertThat(
            ledger.<List<String>>read(
                handle ->
                    handle.createQuery("SELECT drop_id FROM parts").mapTo(String.class).list()))
        .containsExactly("2");
  }

  /** Of a million drops, all but a few would be looked at in vain. */
  @ParameterizedTest
  @MethodSource("statements")
  void neverReadsAllDrops(String statement) {
    List<String> plan =
        ledger.read(
            handle ->
                handle
                    .createQuery("EXPLAIN QUERY PLAN " + statement.replaceAll(":\\w+", "1"))
                    .map((row, context) -> row.getString("detail"))
                    .list());

    assertThat(plan)
        .noneMatch(step -> step.matches("SCAN (uploads|ended|d|later)( .*)?") && !ordered(step));
  }

  private static boolean ordered(String step) {
    return step.contains(" USING INDEX ");
  }

  static List<String> statements() {
    return List.of(
        OldDrops.ARCHIVED,
        OldDrops.FAILED,
        CautiousTime.YOUNGEST,
        LedgerTrim.WITHOUT_FILE,
        LedgerTrim.PARTS_OF_ENDED_DROPS);
  }

  private List<String> ids(String table) {
    return ledger.read(
        handle -> handle.createQuery("SELECT id FROM " + table).mapTo(String.class).list());
  }

  private static int drop(Handle handle, long id, String state, int days, String failedPath) {
    Map<String, Object> further = new HashMap<>(Map.of("claimed_at", ago(days)));
    if (failedPath != null) {
      further.put("failed_path", failedPath);
    }
    assertThat(Rows.drop(handle, DropState.valueOf(state), "n" + id, further)).isEqualTo(id);
    return 1;
  }

  private static long ago(int days) {
    return Instant.now().minus(Duration.ofDays(days)).toEpochMilli();
  }
}

package io.mediadrop.upkeep;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediadrop.drop.DropState;
import io.mediadrop.lane.Intake;
import io.mediadrop.ledger.Ledger;
import io.mediadrop.ledger.OpenLedger;
import io.mediadrop.ledger.Rows;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a summary counts, and how it is found among all that was ever uploaded. */
class SummariesTest {

  @TempDir Path folder;
  private OpenLedger opened;
  private final Ledger ledger = new Ledger();

  @BeforeEach
  void open() {
    opened = OpenLedger.in(folder);
    ledger.setDatabase(opened.database());
    ledger.setIntake(new Intake());
  }

  @AfterEach
  void close() throws Exception {
    opened.close();
  }

  @Test
  void countsEachDropOnceAndInItsDay() {
    ledger.write(
        handle -> {
          drop(handle, "uploaded", "FILED", 150L, null, 0);
          drop(handle, "put away later", "UPLOADED", 150L, null, 0);
          drop(handle, "a day earlier", "FILED", 99L, null, 0);
          drop(handle, "a day later", "FILED", 200L, null, 0);
          drop(handle, "not processed", "FILED", 150L, 160L, 1);
          drop(handle, "not processed, the API said at once", "FILED", 150L, 150L, 1);
          drop(handle, "not processed in the end", "FILED", 50L, 150L, 1);
          drop(handle, "refused", "FAILED_MOVED", null, 150L, 0);
          drop(handle, "refused and taken away", "GONE", null, 150L, 0);
          drop(handle, "refused a day earlier", "FAILED_MOVED", null, 50L, 0);
          drop(handle, "gone", "GONE", null, null, 0);
          drop(handle, "missing", "MISSING", null, null, 0);
          return drop(handle, "waiting", "WAITING", null, null, 0);
        });

    assertThat(
            ledger.<String>read(
                handle ->
                    handle
                        .createQuery(Summaries.COUNTS)
                        .bind("from", 100L)
                        .bind("to", 200L)
                        .map(
                            (row, context) ->
                                "%s: uploaded %d, failed %d, waiting %d, oldest %d"
                                    .formatted(
                                        row.getString("lane"),
                                        row.getInt("uploaded"),
                                        row.getInt("failed"),
                                        row.getInt("waiting"),
                                        row.getLong("oldest")))
                        .one()))
        .isEqualTo("l: uploaded 2, failed 5, waiting 2, oldest 42");
  }

  /** It is reckoned while nothing else can be written. */
  @Test
  void readsFromIndexesAlone() {
    List<String> plan =
        ledger.read(
            handle ->
                handle
                    .createQuery("EXPLAIN QUERY PLAN " + Summaries.COUNTS)
                    .bind("from", 100L)
                    .bind("to", 200L)
                    .map((row, context) -> row.getString("detail"))
                    .list());

    assertThat(plan)
        .filteredOn(step -> step.matches(".* (uploads|ended)( .*)?"))
        .hasSize(3)
        .allMatch(step -> step.contains(" USING INDEX "));
  }

  private static long drop(
      Handle handle, String what, String state, Long uploaded, Long failed, int hasError) {
    Map<String, Object> further = new HashMap<>(Map.of("claimed_at", 42L, "has_error", hasError));
    if (uploaded != null) {
      further.put("uploaded_at", uploaded);
    }
    if (failed != null) {
      further.put("failed_at", failed);
    }
    return Rows.drop(handle, DropState.valueOf(state), what, further);
  }
}

package io.mediadrop.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What is asked for each file, or again and again, in a ledger of a million uploads. A query of the
 * view looks into each table first, and reads what is left then ({@code SCAN drops}).
 */
class QueryPlansTest {

  @TempDir Path folder;

  static List<String> queries() {
    return List.of(
        SameSizes.ANY_UPLOADED,
        UnsyncedRecords.DUE,
        DropIds.NEWEST,
        Backlog.NEW,
        Backlog.TRIED,
        DropRows.SELECT + "id = ?",
        DropRows.SELECT + "id IN (SELECT id FROM remote WHERE lane = ? AND origin = ?)");
  }

  @ParameterizedTest
  @MethodSource("queries")
  void readsAFewRowsAndPutsNoneInOrder(String query) throws Exception {
    try (OpenLedger opened = OpenLedger.in(folder)) {
      List<String> plan =
          opened
              .database()
              .read(
                  handle ->
                      handle
                          .createQuery("EXPLAIN QUERY PLAN " + query.replace("?", "1"))
                          .map((row, context) -> row.getString("detail"))
                          .list());

      assertThat(plan)
          .isNotEmpty()
          .noneMatch(step -> step.contains("TEMP B-TREE") || step.contains("AUTOMATIC"))
          .noneMatch(step -> step.matches("SCAN (work|uploads|ended|w|u|e|d)( .*)?"));
    }
  }
}

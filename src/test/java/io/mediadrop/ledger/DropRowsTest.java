package io.mediadrop.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every claim asks the ledger. */
class DropRowsTest {

  @TempDir Path folder;

  @Test
  void findsFilesInDoubtWithoutALookAtAllThatAreUnderWay() throws Exception {
    try (OpenLedger opened = OpenLedger.in(folder)) {
      String plan =
          opened
              .database()
              .read(
                  handle ->
                      handle
                          .createQuery("EXPLAIN QUERY PLAN " + DropRows.IN_DOUBT.replace("?", "1"))
                          .map((row, context) -> row.getString("detail"))
                          .first());

      assertThat(plan).contains("work_by_size (size=? AND file_key=?)");
    }
  }
}

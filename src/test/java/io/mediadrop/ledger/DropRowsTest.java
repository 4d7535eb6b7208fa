package io.mediadrop.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediadrop.archive.Home;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every claim asks the ledger. */
class DropRowsTest {

  @TempDir Path folder;

  @Test
  void findsFilesInDoubtWithoutALookAtAllThatAreUnderWay() throws Exception {
    Home home = new Home();
    home.setRoot(folder.toString());
    home.open();
    LedgerDatabase database = new LedgerDatabase();
    database.setHome(home);
    database.setUrl("jdbc:sqlite:" + folder.resolve("data/ledger.db"));
    database.open();

    String plan =
        database.read(
            handle ->
                handle
                    .createQuery("EXPLAIN QUERY PLAN " + DropRows.IN_DOUBT.replace("?", "1"))
                    .map((row, context) -> row.getString("detail"))
                    .first());

    database.close();
    home.close();
    assertThat(plan).contains("drops_in_doubt (lane=? AND file_key=?)");
  }
}

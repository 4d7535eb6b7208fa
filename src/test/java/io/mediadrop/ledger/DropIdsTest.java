package io.mediadrop.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An id names its drop for ever: receipts and events tell of it. */
class DropIdsTest {

  @TempDir Path folder;

  private long next() throws Exception {
    try (OpenLedger open = OpenLedger.in(folder)) {
      return new DropIds(open.ledger(), open.home()).next();
    }
  }

  @Test
  void isNotGivenAgainAfterARestartWhateverBecameOfTheDrop() throws Exception {
    long first = next();
    assertThat(next()).isGreaterThan(first);
  }

  @Test
  void isNotGivenAgainByAnOlderLedger() throws Exception {
    next();
    Path older = Files.copy(folder.resolve("data/ledger.db"), folder.resolve("older.db"));
    for (int start = 0; start < 3; start++) {
      next();
    }
    long last = next();
    Files.deleteIfExists(folder.resolve("data/ledger.db-wal"));
    Files.deleteIfExists(folder.resolve("data/ledger.db-shm"));
    Files.move(older, folder.resolve("data/ledger.db"), StandardCopyOption.REPLACE_EXISTING);

    assertThat(next()).isGreaterThan(last);
  }

  @Test
  void isNotGivenAgainWhereOnlyTheLedgerKnows() throws Exception {
    long first = next();
    Files.delete(folder.resolve("data/ids"));
    assertThat(next()).isGreaterThan(first);
  }
}

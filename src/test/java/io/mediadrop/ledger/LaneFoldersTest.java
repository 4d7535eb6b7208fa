package io.mediadrop.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediadrop.drop.Drop;
import io.mediadrop.drop.DropState;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The folder of a lane that gets another lane. */
class LaneFoldersTest {

  @TempDir Path home;

  @ParameterizedTest
  @ValueSource(strings = {"drop", "Kamera", "Größe", "\uD83D\uDCF7 photos"})
  void takesWhatWaitsThereWithIt(String name) throws Exception {
    Path folder = home.resolve(name);
    try (OpenLedger open = OpenLedger.in(home)) {
      LaneFolders folders = new LaneFolders();
      folders.setLedger(open.ledger());
      folders.remember(folder, folder, "x", "c");
      open.database()
          .write(
              handle ->
                  handle.execute(
                      "INSERT INTO work (id, lane, connection, source, path, size, modified,"
                          + " file_key, state, claimed_at)"
                          + " VALUES (1, 'x', 'c', ?, 'a.jpg', 1, 1, '', 'WAITING', 1)",
                      folder.resolve("a.jpg").toString()));
      folders.remember(folder, folder, "z", "c");

      assertThat(open.ledger().in(DropState.WAITING)).extracting(Drop::lane).containsExactly("z");
    }
  }
}

package io.mediadrop.ledger;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mediadrop.base.ConfigurationMistake;
import io.mediadrop.file.Home;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LedgerFileTest {

  @TempDir Path folder;
  private final Home home = new Home();

  @BeforeEach
  void openHome() {
    home.setRoot(folder.toString());
    home.open();
  }

  @AfterEach
  void closeHome() throws IOException {
    home.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"nfs4", "cifs", "SMB3", "fuse.sshfs"})
  void mustNotLieOnAShare(String type) {
    assertThatThrownBy(() -> openedOn(below -> type))
        .isInstanceOf(ConfigurationMistake.class)
        .hasMessageContainingAll(
            folder.resolve("data/ledger.db").toString(), "network", "MEDIADROP_LEDGER_URL");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ext4", "overlay", "apfs", "virtiofs", "NTFS", "fuse.grpcfuse"})
  void mayLieOnAnyOtherFileSystem(String type) {
    assertThatCode(() -> openedOn(below -> type)).doesNotThrowAnyException();
  }

  @Test
  void mayLieWhereNobodyCanTell() {
    assertThatCode(
            () ->
                openedOn(
                    below -> {
                      throw new NoSuchFileException(below.toString());
                    }))
        .doesNotThrowAnyException();
  }

  private void openedOn(LedgerFile.FileSystemTypes types) {
    LedgerDatabase database = new LedgerDatabase(types);
    database.setHome(home);
    database.setUrl("jdbc:sqlite:" + folder.resolve("data/ledger.db") + "?cache=private");
    database.open();
    database.close();
  }
}

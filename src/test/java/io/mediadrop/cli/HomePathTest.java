package io.mediadrop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediadrop.kit.Mediadrop;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HomePathTest {

  @RegisterExtension final Mediadrop mediadrop = new Mediadrop();

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"a b+c&d;e#f", "100%", "Ä😀}$b"})
  void mayContainWhatFoldersContain(String name) throws Exception {
    Path home = folder.resolve(name);
    mediadrop.on(home).start();
    mediadrop.put("a.jpg", 1000);

    mediadrop.awaitFiled(1);

    assertThat(Running.filesIn(mediadrop.archive())).hasSize(3);
    assertThat(Running.filesIn(folder)).allMatch(file -> file.startsWith(name + "/"));
  }
}

package io.mediadrop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediadrop.media.MediaFiles;
import io.mediadrop.sandbox.Sandbox;
import io.mediadrop.sandbox.SandboxOptions;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HomePathTest {

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"a b+c&d;e#f", "100%", "Ä😀}$b"})
  void mayContainWhatFoldersContain(String name) throws Exception {
    Path home = folder.resolve(name);
    try (Sandbox sandbox = Sandbox.start(SandboxOptions.defaults());
        Running running = Running.on(home).start(sandbox)) {
      MediaFiles.write(running.drop().resolve("a.jpg"), 1000);

      running.awaitFiled(1);

      assertThat(Running.filesIn(running.archive())).hasSize(3);
      assertThat(Running.filesIn(folder)).allMatch(file -> file.startsWith(name + "/"));
    }
  }
}

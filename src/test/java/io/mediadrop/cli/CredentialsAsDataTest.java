package io.mediadrop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediadrop.media.MediaFiles;
import io.mediadrop.sandbox.Sandbox;
import io.mediadrop.sandbox.SandboxOptions;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CredentialsAsDataTest {

  @TempDir Path home;

  @ParameterizedTest
  @ValueSource(strings = {"#x{{y}}\"z,", "#bean:home", "${body}", "base64:eA==", "a b=c&d"})
  void reachTheApiAsTheyAre(String text) throws Exception {
    SandboxOptions options = SandboxOptions.defaults().withConnection(text, "conn" + text);
    try (Sandbox sandbox = Sandbox.start(options);
        Running running =
            Running.on(home)
                .with("mediadrop.api.key", text)
                .with("mediadrop.api.connection-id", "conn" + text)
                .start(sandbox)) {
      MediaFiles.write(running.drop().resolve("a.jpg"), 1000);

      running.awaitFiled(1);

      assertThat(sandbox.uploads()).hasSize(1);
    }
  }
}

package io.mediadrop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediadrop.kit.Mediadrop;
import io.mediadrop.sandbox.Sandbox;
import io.mediadrop.sandbox.SandboxOptions;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CredentialsAsDataTest {

  @RegisterExtension final Mediadrop mediadrop = new Mediadrop();

  @ParameterizedTest
  @ValueSource(strings = {"#x{{y}}\"z,", "#bean:home", "${body}", "base64:eA==", "a b=c&d"})
  void reachTheApiAsTheyAre(String text) throws Exception {
    SandboxOptions options = SandboxOptions.defaults().withConnection(text, "conn" + text);
    Sandbox sandbox = mediadrop.sandbox(options);
    mediadrop
        .with("mediadrop.api.key", text)
        .with("mediadrop.api.connection-id", "conn" + text)
        .start();
    mediadrop.put("a.jpg", 1000);

    mediadrop.awaitFiled(1);

    assertThat(sandbox.uploads()).hasSize(1);
  }
}

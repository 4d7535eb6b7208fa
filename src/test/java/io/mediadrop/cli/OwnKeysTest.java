package io.mediadrop.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mediadrop.base.ConfigurationMistake;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnKeysTest {

  @TempDir Path config;

  /** A delivery that fails has secrets hidden in its failure, also while a person edits them. */
  @Test
  void listsWhatItKnowsWhileAFileOfSettingsIsMistaken() throws Exception {
    Path file = config.resolve("application.properties");
    Files.writeString(file, "alice.token = t0ken");
    OwnKeys keys = new OwnKeys(() -> new Settings().files(config), config);
    assertThat(keys.loadProperties()).containsOnlyKeys("alice.token");

    Files.delete(file);
    Path secrets = config.resolve("secrets.properties");
    Files.writeString(secrets, "mediadrop.api.kye = x");
    assertThat(keys.loadProperties()).containsEntry("alice.token", "t0ken");
    assertThatThrownBy(() -> keys.getProperty("alice.token"))
        .isInstanceOf(ConfigurationMistake.class);
  }
}

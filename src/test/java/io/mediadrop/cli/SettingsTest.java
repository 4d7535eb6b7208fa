package io.mediadrop.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mediadrop.base.ConfigurationMistake;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsTest {

  private static final String KEY = "mediadrop.lane.concurrency";

  @TempDir Path config;

  private void write(String file, String text) throws IOException {
    Files.writeString(config.resolve(file), text);
  }

  private Settings file(String text) throws IOException {
    write("application.properties", text);
    return new Settings().files(config);
  }

  @Test
  void takeTheDefaultWhereNothingIsSet() {
    assertThat(new Settings().get("mediadrop.drop.settle")).isEqualTo("5s");
  }

  @Test
  void readWhatEditorsOfWindowsWrite() throws IOException {
    assertThat(file("\uFEFF" + KEY + "=3\r\n").get(KEY)).isEqualTo("3");
  }

  @Test
  void letTheEnvironmentBeatTheFile() throws IOException {
    Settings settings = file(KEY + "=3").environment(Map.of("MEDIADROP_LANE_CONCURRENCY", "4"));

    assertThat(settings.get(KEY)).isEqualTo("4");
  }

  @Test
  void letTheCommandLineBeatTheEnvironment() throws IOException {
    Settings settings =
        file(KEY + "=3")
            .environment(Map.of("MEDIADROP_LANE_CONCURRENCY", "4"))
            .commandLine(Map.of(KEY, "5"));

    assertThat(settings.get(KEY)).isEqualTo("5");
  }

  @Test
  void letTheEnvironmentBeatTheUsersOwnKeysToo() throws IOException {
    Settings settings =
        file("alice.connection-id=a").environment(Map.of("ALICE_CONNECTION_ID", "b"));

    assertThat(settings.get("alice.connection-id")).isEqualTo("b");
  }

  @Test
  void takeSubscribersOfAnyNameFromTheEnvironment() throws IOException {
    Settings settings =
        file("mediadrop.notify.crm.uri=log:a")
            .environment(
                Map.of(
                    "MEDIADROP_NOTIFY_CRM_URI", "log:b",
                    "MEDIADROP_NOTIFY_AUDIT_LOG_URI", "log:c",
                    "MEDIADROP_NOTIFY_AUDIT_LOG_SECRET", "whsec_x"));

    assertThat(settings.get("mediadrop.notify.crm.uri")).isEqualTo("log:b");
    assertThat(settings.get("mediadrop.notify.audit-log.uri")).isEqualTo("log:c");
    assertThat(settings.get("mediadrop.notify.audit-log.secret")).isEqualTo("whsec_x");
  }

  @Test
  void refuseAFurtherSubscriberOfTheDefaultOnesName() {
    assertThatThrownBy(() -> file("mediadrop.notify.default.uri=log:a"))
        .isInstanceOf(ConfigurationMistake.class)
        .hasMessageContaining("mediadrop.notify.uri");
  }

  @Test
  void readSecretsFromAFileOfTheirOwn() throws IOException {
    write("secrets.properties", "mediadrop.api.key = sk=1 \n");
    Files.setPosixFilePermissions(
        config.resolve("secrets.properties"), PosixFilePermissions.fromString("rw-------"));

    assertThat(new Settings().files(config).get("mediadrop.api.key")).isEqualTo("sk=1");
  }

  @Test
  void refuseThemselvesAmongJavasOptions() {
    Properties options = new Properties();
    options.setProperty("mediadrop.drop.settle", "1s");

    assertThatThrownBy(() -> new Settings().javaOptions(options))
        .isInstanceOf(ConfigurationMistake.class)
        .hasMessageContaining("--set mediadrop.drop.settle");
  }
}

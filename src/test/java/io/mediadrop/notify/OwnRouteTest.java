package io.mediadrop.notify;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediadrop.cli.LogLines;
import io.mediadrop.cli.Running;
import io.mediadrop.kit.Mediadrop;
import io.mediadrop.sandbox.Sandbox;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A route of the user's own behind the archive endpoint and behind a subscriber. */
class OwnRouteTest {

  private static final String ROUTE =
      """
      - route:
          id: own
          errorHandler:
            noErrorHandler: {}
          from:
            uri: direct:own
            steps:
              - throwException:
                  exceptionType: java.lang.IllegalStateException
                  message: no entry with {{own.password}}
      """;

  @RegisterExtension final Mediadrop mediadrop = new Mediadrop();

  @TempDir Path folder;

  @Test
  void failsAloudWithoutItsSecretsAndCausesNoSecondUpload() throws Exception {
    Path config = Files.createDirectories(folder.resolve("config/lanes")).getParent();
    Files.copy(
        Path.of("config/lanes/default.camel.yaml"), config.resolve("lanes/default.camel.yaml"));
    Files.writeString(config.resolve("own.camel.yaml"), ROUTE);
    Path secrets = config.resolve("secrets.properties");
    Files.writeString(secrets, "own.password = pa55 of+mine\n");
    Files.setPosixFilePermissions(secrets, PosixFilePermissions.fromString("rw-------"));
    Sandbox sandbox = mediadrop.sandbox();
    LogLines log = mediadrop.log();
    mediadrop
        .impatiently()
        .config(config)
        .with("mediadrop.archive.uri", "direct:own")
        .with("mediadrop.notify.own.uri", "direct:own")
        .start();
    mediadrop.put("a.jpg", 1_000);
    Running.patiently().until(() -> log.warningsWith(" did not take ").size() == 2);

    assertThat(log.warningsWith(" did not take "))
        .allMatch(line -> line.endsWith("IllegalStateException: no entry with (secret)"))
        .anyMatch(line -> line.startsWith("archive "))
        .anyMatch(line -> line.startsWith("notify.own "));
    Running.patiently().until(() -> mediadrop.dead() == 2);
    assertThat(sandbox.uploads()).hasSize(1);
    assertThat(String.join("\n", log.all())).doesNotContain("pa55 of+mine");
  }
}

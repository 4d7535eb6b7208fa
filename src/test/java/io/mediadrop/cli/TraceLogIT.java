package io.mediadrop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediadrop.media.MediaFiles;
import io.mediadrop.sandbox.Sandbox;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TraceLogIT {

  private static final String TRACE =
      """
      <configuration>
        %s
        <appender name="console" class="ch.qos.logback.core.ConsoleAppender">
          <encoder><pattern>%%level %%logger %%msg%%n%%ex</pattern></encoder>
        </appender>
        <root level="TRACE"><appender-ref ref="console"/></root>
      </configuration>
      """;

  @TempDir Path home;
  @TempDir Path folder;

  private Child started(Sandbox sandbox, String pins) throws Exception {
    Path logback = Files.writeString(folder.resolve("logback.xml"), TRACE.formatted(pins));
    Child child =
        Child.run(
            home,
            sandbox,
            List.of("-Dlogback.configurationFile=" + logback),
            Secret.KEY.value(),
            Secret.CONNECTION.value(),
            "mediadrop.notify.uri=" + sandbox.baseUrl() + "/hook");
    Running.patiently().until(() -> Files.isDirectory(home.resolve("drop")) || !child.isAlive());
    return child;
  }

  @Test
  void holdsNoSecretWhereThePinsAreIncluded() throws Exception {
    try (Sandbox sandbox = Echoing.start();
        Child child = started(sandbox, "<include resource=\"io/mediadrop/log-pins.xml\"/>")) {
      MediaFiles.write(home.resolve("drop/refused.jpg"), 1_000);
      Running.patiently()
          .until(() -> Running.filesIn(home.resolve("failed")).size() == 2 || !child.isAlive());
      MediaFiles.write(home.resolve("drop/whole.jpg"), 10_000);
      MediaFiles.write(home.resolve("drop/parts.mp4"), 200_000);
      Running.patiently()
          .until(() -> Running.filesIn(home.resolve("archive")).size() == 6 || !child.isAlive());
      child.stop();

      assertThat(child.output()).contains("TRACE org.apache.camel", "DEBUG org.apache.hc.client5");
      assertThat(Secret.in(child.output())).isEmpty();
    }
  }

  @Test
  void warnsWhereTheHostPrintsTheCalls() throws Exception {
    try (Sandbox sandbox = Echoing.start();
        Child child = started(sandbox, "")) {
      Running.patiently().until(() -> child.output().contains("prints the API key"));

      assertThat(child.output())
          .contains(
              "WARN mediadrop.api The logger org.apache.hc.client5.http.headers is on",
              "WARN mediadrop.api The logger org.apache.hc.client5.http.wire is on");
    }
  }
}

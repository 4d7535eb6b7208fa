package io.mediadrop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediadrop.media.MediaFiles;
import io.mediadrop.sandbox.Sandbox;
import io.mediadrop.sandbox.SandboxOptions;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A lane that is written by a command, and what a running mediadrop makes of it. */
class NewLaneIT {

  private static final String CONNECTION = "conn_0123456789abcdef4f2a";

  private final InputStream input = System.in;

  @TempDir Path folder;

  private Path config;
  private Path secrets;

  @BeforeEach
  void configure() throws Exception {
    config = Files.createDirectories(folder.resolve("config"));
    Files.createDirectories(config.resolve("lanes"));
    Files.copy(
        ShippedConfig.folder().resolve("lanes/default.camel.yaml"),
        config.resolve("lanes/default.camel.yaml"));
    secrets = config.resolve("secrets.properties");
  }

  @AfterEach
  void giveBackTheInput() {
    System.setIn(input);
  }

  private Called call(String typed, String... arguments) {
    System.setIn(new ByteArrayInputStream(typed.getBytes(StandardCharsets.UTF_8)));
    return Called.with(
        Map.of(),
        Stream.concat(Stream.of("new-lane", "--config", config.toString()), Stream.of(arguments)));
  }

  @Test
  void isTakenUpByTheRunningOne() throws Exception {
    try (Sandbox sandbox =
            Sandbox.start(SandboxOptions.defaults().withConnection(Sandbox.KEY, CONNECTION));
        Launched run =
            Launched.distribution(folder)
                .against(sandbox)
                .start("run", "--home", "home", "--config", "config")) {
      run.awaitSaid("Uploads go to");

      Called called = call(CONNECTION + "\n", "alice");

      assertThat(called.err()).isEmpty();
      assertThat(called.out()).contains("alice.connection-id is in", "lane alice is in");
      run.awaitSaid("Lane alice watches");
      MediaFiles.write(folder.resolve("home/creators/alice/a.jpg"), 5000, 1);
      run.awaitSaid("alice a.jpg is uploaded");
      assertThat(called.out()).doesNotContain(CONNECTION);
    }
  }

  @Test
  void writesTheSecretForItsOwnerAloneAndKeepsTheOthers() throws Exception {
    Files.writeString(secrets, "# mine\nother = 1");
    Files.setPosixFilePermissions(secrets, PosixFilePermissions.fromString("rw-------"));

    assertThat(call("back\\slash\n", "bob", "--folder", folder.toString()).exitCode()).isZero();

    assertThat(secrets)
        .hasContent("# mine\nother = 1\nbob.connection-id = back\\\\slash\n")
        .satisfies(
            file ->
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------"));
    assertThat(config.resolve("lanes/bob.camel.yaml"))
        .content()
        .contains("routeId: bob", "value: \"" + folder + "\"", "{{bob.connection-id}}");
  }

  @Test
  void saysWhatIsMissingOrTaken() {
    assertThat(call("", "alice").err())
        .singleElement()
        .asString()
        .contains("connection id of alice");
    assertThat(call("a b\n", "alice").err()).singleElement().asString().contains("connection id");
    assertThat(call("", "default").err())
        .singleElement()
        .asString()
        .contains("a lane default already");
    assertThat(call("", "Alice").err()).singleElement().asString().contains("lower-case");
    assertThat(call("", "bob", "--folder", folder + "/away").err())
        .singleElement()
        .asString()
        .contains("is not there");
    assertThat(config.resolve("lanes")).isDirectoryNotContaining("glob:**alice*");
    assertThat(secrets).doesNotExist();
  }

  @Test
  void shellsCompleteCommandsAndOptions() throws Exception {
    Path script = folder.resolve("completion");
    Files.writeString(script, Called.with(Map.of(), Stream.of("completion")).out());
    Process bash =
        new ProcessBuilder(
                "bash",
                "-c",
                "source '%s'; COMP_WORDS=(mediadrop re); COMP_CWORD=1; _complete_mediadrop; echo ${COMPREPLY[@]}"
                    .formatted(script))
            .redirectErrorStream(true)
            .start();
    String said = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(bash.waitFor(10, TimeUnit.SECONDS)).isTrue();
    assertThat(said).contains("retry");
  }
}

package io.mediadrop.lane;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediadrop.cli.Running;
import io.mediadrop.kit.Mediadrop;
import io.mediadrop.media.MediaFiles;
import io.mediadrop.sandbox.Sandbox;
import io.mediadrop.sandbox.SandboxOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class LanesDocumentationIT {

  @RegisterExtension final Mediadrop mediadrop = new Mediadrop();

  /** The first block of YAML on the page. */
  private static String lane() throws Exception {
    String page = Files.readString(Path.of("docs/lanes.md"));
    int begin = page.indexOf("```yaml\n") + "```yaml\n".length();
    return page.substring(begin, page.indexOf("```", begin));
  }

  @Test
  void hasALaneThatCanBeAddedToARunningMediadrop() throws Exception {
    Path config = mediadrop.folder("config");
    Files.createDirectory(config.resolve("lanes"));
    Sandbox sandbox =
        mediadrop.sandbox(SandboxOptions.defaults().withConnection(Sandbox.KEY, "conn_alice"));
    mediadrop.config(config).start();
    Path secrets = config.resolve("secrets.properties");
    Files.createFile(secrets);
    Files.setPosixFilePermissions(secrets, PosixFilePermissions.fromString("rw-------"));
    Files.writeString(secrets, "alice.connection-id = conn_alice\n");
    Files.writeString(config.resolve("lanes/alice.camel.yaml"), lane());
    Path drop = mediadrop.drop().resolveSibling("creators/alice");
    Running.patiently().until(() -> Files.isDirectory(drop));
    MediaFiles.write(drop.resolve("IMG_1.jpg"), 5000);
    mediadrop.awaitFiled(1);

    assertThat(Running.filesIn(mediadrop.archive())).allMatch(file -> file.startsWith("alice/"));
  }
}

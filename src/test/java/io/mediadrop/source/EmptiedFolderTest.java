package io.mediadrop.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediadrop.cli.LogLines;
import io.mediadrop.cli.Running;
import io.mediadrop.media.MediaFiles;
import io.mediadrop.sandbox.Sandbox;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A folder in the drop folder whose files have all been uploaded. */
class EmptiedFolderTest {

  @TempDir Path folder;

  @Test
  void isRemovedLaterUnlessItIsALanesOwn() throws Exception {
    Path home = folder.resolve("home");
    Path config = Files.createDirectories(folder.resolve("config/lanes")).getParent();
    for (String shipped : List.of("application.properties", "lanes/default.camel.yaml")) {
      Files.copy(Path.of("config").resolve(shipped), config.resolve(shipped));
    }
    Files.writeString(
        config.resolve("lanes/default.camel.yaml"),
        """
              - name: ownFolders
                value: trip
        """,
        StandardOpenOption.APPEND);
    Path alice = Files.createDirectories(home.resolve("drop/creators/alice"));
    Files.writeString(
        config.resolve("lanes/alice.camel.yaml"),
        """
        - templatedRoute:
            routeId: alice
            routeTemplateRef: folder-lane
            parameters:
              - name: directory
                value: "%s"
              - name: connectionId
                value: "{{mediadrop.api.connection-id}}"
        """
            .formatted(alice));
    try (Sandbox sandbox = Sandbox.start();
        LogLines log = new LogLines();
        Running running =
            Running.on(home)
                .config(config)
                .with("mediadrop.drop.empty-folders", "2s")
                .start(sandbox)) {
      Path trip = Files.createDirectories(running.drop().resolve("trip/monday"));
      MediaFiles.write(trip.resolve("a.jpg"), 5000);
      Files.createDirectories(alice.resolve("of-alice"));
      MediaFiles.write(alice.resolve("of-alice/b.jpg"), 6000);
      running.awaitFiled(2);
      Running.patiently()
          .until(() -> !Files.exists(trip.getParent()) && !Files.exists(alice.resolve("of-alice")));

      assertThat(alice).isDirectory();
      assertThat(running.drop()).isDirectory();
      assertThat(log.warnings()).isEmpty();
      assertThat(log.all())
          .anyMatch(line -> line.endsWith("trip was empty for long and is removed"));
    }
  }
}

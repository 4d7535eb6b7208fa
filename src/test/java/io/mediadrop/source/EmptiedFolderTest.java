package io.mediadrop.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediadrop.cli.LogLines;
import io.mediadrop.cli.Running;
import io.mediadrop.kit.Mediadrop;
import io.mediadrop.media.MediaFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A folder in the drop folder whose files have all been uploaded. */
class EmptiedFolderTest {

  @RegisterExtension final Mediadrop mediadrop = new Mediadrop();

  @Test
  void isRemovedLaterUnlessItIsALanesOwn() throws Exception {
    Path config = Files.createDirectories(mediadrop.folder("config").resolve("lanes")).getParent();
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
    Path alice = Files.createDirectories(mediadrop.drop().resolve("creators/alice"));
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
    LogLines log = mediadrop.log();
    mediadrop.config(config).with("mediadrop.drop.empty-folders", "2s").start();
    Path trip = Files.createDirectories(mediadrop.drop().resolve("trip/monday"));
    MediaFiles.write(trip.resolve("a.jpg"), 5000);
    Files.createDirectories(alice.resolve("of-alice"));
    MediaFiles.write(alice.resolve("of-alice/b.jpg"), 6000);
    mediadrop.awaitFiled(2);
    Running.patiently()
        .until(() -> !Files.exists(trip.getParent()) && !Files.exists(alice.resolve("of-alice")));

    assertThat(alice).isDirectory();
    assertThat(mediadrop.drop()).isDirectory();
    assertThat(log.warnings()).isEmpty();
    assertThat(log.all()).anyMatch(line -> line.endsWith("trip was empty for long and is removed"));
  }
}

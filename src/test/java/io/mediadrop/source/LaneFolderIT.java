package io.mediadrop.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediadrop.cli.LogLines;
import io.mediadrop.cli.Running;
import io.mediadrop.kit.Mediadrop;
import io.mediadrop.lanefile.LaneReportFile;
import io.mediadrop.media.MediaFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The folder that a lane watches, however it is written and whatever befalls it. */
class LaneFolderIT {

  @RegisterExtension final Mediadrop mediadrop = new Mediadrop();
  private final LogLines log = mediadrop.log();

  @TempDir Path config;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "plain",
        "trailing slash/",
        "two//slashes",
        "Süd Ä",
        "a+b",
        "100%",
        "%zz",
        "a#b",
        "a&b=c;d",
        "(brackets)[and]{braces}",
        "RAW(x)",
        "quo'te",
        "back\\slash",
        "50%25",
        "what?",
        "${body}"
      })
  void mayBeSpeltInAnyWay(String name) throws Exception {
    watch(mediadrop.home() + "/lanes/" + name);
    Path folder = Path.of(mediadrop.home() + "/lanes/" + name).normalize();
    MediaFiles.write(folder.resolve("a.jpg"), 1000, 1);
    Files.createDirectory(folder.resolve("sub"));
    MediaFiles.write(folder.resolve("sub/b.jpg"), 1000, 2);

    mediadrop.awaitFiled(2);

    assertThat(Running.filesIn(folder)).isEmpty();
    assertThat(Running.filesIn(mediadrop.archive()))
        .filteredOn(path -> path.endsWith(".jpg"))
        .allMatch(path -> path.matches("lane/\\d{4}/\\d\\d/\\d\\d/(a|sub/b)\\.jpg"))
        .hasSize(2);
    assertThat(log.warnings()).isEmpty();
  }

  @Test
  void mayBeRelativeToWhereMediadropWasStarted() throws Exception {
    Path here = Path.of("").toAbsolutePath();
    watch(here.relativize(mediadrop.home().resolve("lane")).toString());
    MediaFiles.write(mediadrop.home().resolve("lane/a.jpg"), 1000);

    mediadrop.awaitFiled(1);
  }

  @Test
  void mayVanishAndComeBack() throws Exception {
    Path folder = mediadrop.home().resolve("lane");
    Path away = mediadrop.home().resolve("away");
    watch(folder.toString());
    MediaFiles.write(folder.resolve("a.jpg"), 1000, 1);
    mediadrop.awaitFiled(1);

    for (int times = 1; times <= 2; times++) {
      Files.move(folder, away);
      int warnings = times;
      Running.patiently().until(() -> log.warnings().size() >= warnings);
      assertThat(log.warnings()).hasSize(times).allMatch(line -> line.contains("gone"));
      awaitListed("\"state\":\"waiting\"", "since 20", "the folder is gone");
      MediaFiles.write(away.resolve("b.jpg"), 1000, 1 + times);
      Files.move(away, folder);
      mediadrop.awaitFiled(1 + times);
      aFewListings();
      awaitListed("\"state\":\"running\"", "\"why\":null");
    }

    assertThat(log.warnings()).hasSize(2);
  }

  private void watch(String directory) throws Exception {
    Path lanes = Files.createDirectories(config.resolve("lanes"));
    Files.writeString(
        lanes.resolve("lane.camel.yaml"),
        """
        - templatedRoute:
            routeId: lane
            routeTemplateRef: folder-lane
            parameters:
              - name: directory
                value: '%s'
              - name: connectionId
                value: conn_demo
        """
            .formatted(directory.replace("'", "''")));
    mediadrop.config(config).with("mediadrop.notify.uri", "mock:notification").start();
  }

  private void awaitListed(String... words) {
    Running.patiently()
        .untilAsserted(
            () ->
                assertThat(LaneReportFile.in(mediadrop.home().resolve("data")))
                    .content()
                    .contains(words));
  }

  private static void aFewListings() {
    Awaitility.await().pollDelay(Duration.ofMillis(500)).until(() -> true);
  }
}

package io.mediadrop.lane;

import static io.mediadrop.kit.WrittenLanes.lane;
import static org.assertj.core.api.Assertions.assertThat;

import io.mediadrop.cli.LogLines;
import io.mediadrop.cli.Running;
import io.mediadrop.kit.Mediadrop;
import io.mediadrop.kit.WrittenLanes;
import io.mediadrop.media.MediaFiles;
import io.mediadrop.sandbox.Sandbox;
import io.mediadrop.sandbox.SandboxOptions;
import io.mediadrop.sandbox.Upload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * A lane holds the photos of the connection before, and somebody copies, links, renames or moves
 * them in its folder.
 */
class HeldCopiesIT {

  private static final int SIZE = 5_000;

  /** Longer than it takes to see a file, to settle and to compare it. */
  private static final Duration A_WHILE = Duration.ofSeconds(4);

  @RegisterExtension final Mediadrop mediadrop = new Mediadrop().impatiently();
  private final Sandbox sandbox =
      mediadrop.sandbox(
          SandboxOptions.defaults()
              .withConnection(Sandbox.KEY, "conn_alice")
              .withConnection(Sandbox.KEY, "conn_bob"));
  private final LogLines log = mediadrop.log();
  private final WrittenLanes lanes = mediadrop.lanes();

  /** Five photos lie there from the time before. */
  @BeforeEach
  void begin() throws Exception {
    lanes.write("default", lane("default", "{{mediadrop.home}}/drop", "conn_alice"));
    mediadrop.start();
    log.await("Lane default watches");
    mediadrop.stop();
    for (int photo = 1; photo <= 5; photo++) {
      MediaFiles.write(drop("held" + photo + ".jpg"), SIZE, photo);
    }
    lanes.write("default", lane("default", "{{mediadrop.home}}/drop", "conn_bob"));
    mediadrop.start();
    log.await("lay in " + drop("") + " before the lane got another connection");
  }

  private Path drop(String path) {
    return mediadrop.drop().resolve(path);
  }

  private List<String> uploads() {
    return sandbox.uploads().stream().map(Upload::name).sorted().toList();
  }

  private void awaitUploads(String... expected) {
    Running.patiently()
        .untilAsserted(() -> assertThat(uploads()).containsExactlyInAnyOrder(expected));
    Awaitility.await()
        .during(A_WHILE)
        .atMost(A_WHILE.multipliedBy(3))
        .until(() -> uploads().equals(List.of(expected)));
  }

  private void copy(String from, String to) throws IOException {
    Files.createDirectories(drop(to).getParent());
    Files.copy(drop(from), drop(to), StandardCopyOption.COPY_ATTRIBUTES);
  }

  private void age(String file) throws IOException {
    Files.setLastModifiedTime(drop(file), FileTime.from(Instant.parse("2020-01-01T00:00:00Z")));
  }

  private List<Path> photosThere() throws IOException {
    try (Stream<Path> all = Files.walk(drop(""))) {
      return all.filter(file -> file.toString().endsWith(".jpg")).sorted().toList();
    }
  }

  @Test
  void areHeldLikeThemWhileAnotherPhotoOfTheirSizeIsUploaded() throws Exception {
    MediaFiles.write(drop("new.jpg"), SIZE, 99);
    awaitUploads("new.jpg");
    copy("held1.jpg", "copy.jpg");
    copy("held1.jpg", "june/copy of held1.jpg");
    copy("held2.jpg", "touched.jpg");
    age("touched.jpg");
    Files.createLink(drop("june/link.jpg"), drop("held2.jpg"));
    Files.move(drop("held3.jpg"), drop("renamed.jpg"));
    Files.move(drop("held4.jpg"), drop("june/held4.jpg"));
    copy("held5.jpg", "moved by copying.jpg");
    age("moved by copying.jpg");
    Files.delete(drop("held5.jpg"));

    awaitUploads("new.jpg");
    for (String copy : List.of("copy.jpg", "june/copy of held1.jpg", "june/link.jpg")) {
      assertThat(log.warningsWith("left where it is, since its content lay in"))
          .filteredOn(line -> line.contains(copy))
          .hasSize(1);
    }
    mediadrop.stop();
    Files.delete(drop("held1.jpg"));
    mediadrop.start();
    awaitUploads("new.jpg");
    copy("copy.jpg", "copy of a copy.jpg");
    awaitUploads("new.jpg");

    Path away = mediadrop.folder("away");
    List<Path> all = photosThere();
    assertThat(all).hasSize(9);
    for (Path file : all) {
      Files.move(file, away.resolve(file.getFileName()));
    }
    log.await("nothing is held back any more");
    for (Path file : all) {
      Files.move(away.resolve(file.getFileName()), drop(file.getFileName().toString()));
    }
    Running.patiently().until(() -> photosThere().isEmpty());
    assertThat(sandbox.uploads()).extracting(Upload::connection).containsOnly("conn_bob");
    assertThat(uploads()).hasSize(6);
  }

  @Test
  void areHeldWhenTheyAreMadeWhileMediadropIsStopped() throws Exception {
    mediadrop.stop();
    copy("held1.jpg", "copy.jpg");
    Files.createLink(drop("link.jpg"), drop("held2.jpg"));
    Files.move(drop("held3.jpg"), drop("renamed.jpg"));
    Files.createDirectories(drop("june"));
    Files.move(drop("held4.jpg"), drop("june/held4.jpg"));
    copy("held5.jpg", "moved by copying.jpg");
    age("moved by copying.jpg");
    Files.delete(drop("held5.jpg"));
    MediaFiles.write(drop("new.jpg"), SIZE + 1, 99);
    mediadrop.start();

    awaitUploads("new.jpg");
  }
}

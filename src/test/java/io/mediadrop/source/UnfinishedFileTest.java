package io.mediadrop.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediadrop.kit.Mediadrop;
import io.mediadrop.media.MediaFiles;
import io.mediadrop.sandbox.Sandbox;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Files that are still being written, in the ways that programs do that. */
class UnfinishedFileTest {

  private static final FileTime LONG_AGO = FileTime.from(Instant.parse("2020-01-01T00:00:00Z"));

  @RegisterExtension
  final Mediadrop mediadrop = new Mediadrop().with("mediadrop.drop.settle", "1s").started();

  private final Sandbox sandbox = mediadrop.sandbox();

  @TempDir Path aside;

  @Test
  void isUploadedOnceAndWholeThoughItsTimeIsOldAfterEachWrite() throws Exception {
    byte[] content = Files.readAllBytes(MediaFiles.write(aside.resolve("slow.jpg"), 10_240));
    Path slow = Files.createFile(mediadrop.drop().resolve("slow.jpg"));
    for (int kilobyte = 0; kilobyte < 10; kilobyte++) {
      byte[] next = Arrays.copyOfRange(content, kilobyte * 1024, (kilobyte + 1) * 1024);
      Files.write(slow, next, StandardOpenOption.APPEND);
      Files.setLastModifiedTime(slow, LONG_AGO);
      pass(Duration.ofMillis(300));
    }

    mediadrop.awaitFiled(1);

    assertThat(sandbox.uploads()).extracting("size").containsExactly(10_240L);
    assertThat(sandbox.calls()).hasSize(2);
    assertThat(sandbox.uploads().get(0).sha256())
        .isEqualTo(MixedFiles.sha256(aside.resolve("slow.jpg")));
  }

  @Test
  void isUploadedUnderItsFinalName() throws Exception {
    Path part = MediaFiles.write(mediadrop.drop().resolve("clip.mp4.part"), "mp4", 5000, 1);
    pass(Duration.ofMillis(1500));
    assertThat(sandbox.calls()).isEmpty();

    Files.move(part, mediadrop.drop().resolve("clip.mp4"));
    mediadrop.awaitFiled(1);

    assertThat(sandbox.uploads()).extracting("name").containsExactly("clip.mp4");
  }

  @Test
  void settlesAnewWhenItIsRewrittenWithTheSameSizeAndTime() throws Exception {
    byte[] last = Files.readAllBytes(MediaFiles.write(aside.resolve("last.jpg"), 5000, 99));
    Path file = mediadrop.put("photo.jpg", 5000, 1);
    Files.setLastModifiedTime(file, LONG_AGO);
    for (int seed = 2; seed < 8; seed++) {
      pass(Duration.ofMillis(400));
      MediaFiles.write(file, 5000, seed);
      Files.setLastModifiedTime(file, LONG_AGO);
    }
    Files.write(file, last);
    Files.setLastModifiedTime(file, LONG_AGO);

    mediadrop.awaitFiled(1);

    assertThat(sandbox.calls()).hasSize(2);
    assertThat(sandbox.uploads().get(0).sha256())
        .isEqualTo(MixedFiles.sha256(aside.resolve("last.jpg")));
  }

  @Test
  void isUploadedOnceWhenItIsReplacedByTheNextVersion() throws Exception {
    mediadrop.put("photo.jpg", 5000, 1);
    pass(Duration.ofMillis(500));
    Path next = MediaFiles.write(aside.resolve("next.jpg"), 5000, 2);
    String sha256 = MixedFiles.sha256(next);
    Files.move(next, mediadrop.drop().resolve("photo.jpg"), StandardCopyOption.REPLACE_EXISTING);

    mediadrop.awaitFiled(1);

    assertThat(sandbox.uploads()).extracting("sha256").containsExactly(sha256);
  }

  private static void pass(Duration time) {
    Awaitility.await().pollDelay(time).until(() -> true);
  }
}

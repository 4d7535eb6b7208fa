package io.mediadrop.media;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediadrop.cli.LogLines;
import io.mediadrop.cli.Running;
import io.mediadrop.media.MediaMaker.Made;
import io.mediadrop.sandbox.Sandbox;
import io.mediadrop.sandbox.Upload;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** Media of all kinds as ffmpeg, ImageMagick, libheif and exiftool make them, dropped. */
@Tag("troubles")
@TestInstance(Lifecycle.PER_CLASS)
class MediaKindsIT {

  private static final int[] PERCENT = {10, 50, 90, 99};

  /** Kinds in which zeros mean black or silence. */
  private static final Pattern PLAIN =
      Pattern.compile("image/(x-|tiff|bmp|dpx|vnd.microsoft).*|audio/(wav|basic|x-(w64|aiff|caf))");

  /** So many zeros are seen. */
  private static final long LEAST_BLANK = 1024;

  private List<Made> media;

  @BeforeAll
  void make(@TempDir Path folder) throws Exception {
    media = new MediaMaker(folder).all();
  }

  @Test
  void areManyOfManyKinds() {
    assertThat(media).hasSizeGreaterThanOrEqualTo(100);
    assertThat(media.stream().map(Made::type).distinct()).hasSizeGreaterThanOrEqualTo(40);
  }

  @Test
  void areAllUploadedWithTheRightTypeWhenWhole(@TempDir Path home) throws Exception {
    try (Sandbox sandbox = Sandbox.start();
        LogLines log = new LogLines();
        Running running = start(home, sandbox)) {
      for (Made made : media) {
        Files.copy(made.file(), running.drop().resolve(made.file().getFileName()));
      }
      await(running, media.size());

      assertThat(typesByName(sandbox))
          .containsExactlyInAnyOrderEntriesOf(
              media.stream()
                  .collect(Collectors.toMap(m -> m.file().getFileName().toString(), Made::type)));
      assertThat(log.warnings()).isEmpty();
    }
  }

  @Test
  void areNeverUploadedBrokenOffWhereTheyTellTheirEnd(@TempDir Path home) throws Exception {
    List<String> told = new ArrayList<>();
    try (Sandbox sandbox = Sandbox.start();
        Running running = start(home, sandbox)) {
      for (Made made : media) {
        byte[] whole = Files.readAllBytes(made.file());
        for (int percent : PERCENT) {
          String name = percent + " percent of " + made.file().getFileName();
          Files.write(
              running.drop().resolve(name),
              Arrays.copyOf(whole, (int) ((long) whole.length * percent / 100)));
          if (made.told()) {
            told.add(name);
          }
        }
      }
      await(running, media.size() * PERCENT.length);

      assertThat(typesByName(sandbox).keySet()).doesNotContainAnyElementsOf(told);
    }
  }

  @Test
  void areNeverUploadedWithZerosForTheirSecondHalfWhereTheyPackTheirContent(@TempDir Path home)
      throws Exception {
    List<Made> packed = new ArrayList<>();
    for (Made made : media) {
      boolean plain = PLAIN.matcher(made.type()).matches();
      if (made.told() && !plain && Files.size(made.file()) > LEAST_BLANK * 2) {
        packed.add(made);
      }
    }
    try (Sandbox sandbox = Sandbox.start();
        Running running = start(home, sandbox)) {
      for (Made made : packed) {
        byte[] half = Files.readAllBytes(made.file());
        Arrays.fill(half, half.length / 2, half.length, (byte) 0);
        Files.write(running.drop().resolve(made.file().getFileName()), half);
      }
      await(running, packed.size());

      assertThat(packed).hasSizeGreaterThan(40);
      assertThat(typesByName(sandbox)).isEmpty();
    }
  }

  private static Running start(Path home, Sandbox sandbox) throws Exception {
    return Running.on(home)
        .with("mediadrop.drop.incomplete-after", "2s")
        .with("mediadrop.duplicates", "upload")
        .start(sandbox);
  }

  private static void await(Running running, int files) {
    Running.patiently()
        .atMost(Duration.ofMinutes(5))
        .until(() -> running.drops("FILED") + running.drops("FAILED_MOVED") == files);
  }

  private static Map<String, String> typesByName(Sandbox sandbox) {
    return sandbox.uploads().stream()
        .collect(Collectors.toMap(Upload::name, Upload::contentType, (one, other) -> other));
  }
}

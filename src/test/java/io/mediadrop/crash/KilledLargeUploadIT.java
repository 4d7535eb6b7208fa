package io.mediadrop.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediadrop.cli.Running;
import io.mediadrop.media.MediaFiles;
import io.mediadrop.sandbox.Call;
import io.mediadrop.sandbox.Hashing;
import io.mediadrop.sandbox.Route;
import io.mediadrop.sandbox.Sandbox;
import io.mediadrop.sandbox.SandboxOptions;
import io.mediadrop.sandbox.Upload;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KilledLargeUploadIT {

  private static final long SIZE = 300L << 20;
  private static final int PARTS = 60;
  private static final int IN_FLIGHT = 2;

  @TempDir Path folder;

  @Test
  void sendsNoAcknowledgedPartAgain() throws Exception {
    Path home = folder.resolve("home");
    Path drop = Files.createDirectories(home.resolve("drop"));
    MediaFiles.write(drop.resolve("large.mp4"), SIZE);
    try (Sandbox sandbox = Sandbox.start(SandboxOptions.defaults().withHashing(Hashing.MD5))) {
      try (Child doomed = child(home, sandbox)) {
        Running.patiently()
            .pollInterval(Duration.ofMillis(5))
            .failFast("the process has ended", () -> !doomed.isAlive())
            .until(() -> partCalls(sandbox).size() > PARTS * 6 / 10);
      }
      List<String> acknowledged =
          LedgerInvariants.texts(home, "SELECT number FROM parts ORDER BY number");
      assertThat(acknowledged).hasSizeBetween(PARTS / 3, PARTS - 1);
      int before = partCalls(sandbox).size();

      try (Child child = child(home, sandbox)) {
        Running.patiently()
            .failFast("the process has ended", () -> !child.isAlive())
            .until(() -> Running.filesIn(home.resolve("archive")).size() == 3);
      }

      List<Call> after = partCalls(sandbox).subList(before, partCalls(sandbox).size());
      assertThat(after)
          .extracting(KilledLargeUploadIT::number)
          .doesNotContainAnyElementsOf(acknowledged);
      assertThat(partCalls(sandbox)).hasSizeLessThanOrEqualTo(PARTS + IN_FLIGHT);
      Map<String, Long> sent =
          partCalls(sandbox).stream()
              .collect(Collectors.groupingBy(KilledLargeUploadIT::number, Collectors.counting()));
      assertThat(sent).hasSize(PARTS);
      assertThat(sandbox.uploads()).singleElement().extracting(Upload::size).isEqualTo(SIZE);
    }
  }

  private static Child child(Path home, Sandbox sandbox) throws Exception {
    return Child.on(home)
        .set("mediadrop.upload.parts-in-flight", String.valueOf(IN_FLIGHT))
        .start(sandbox);
  }

  private static List<Call> partCalls(Sandbox sandbox) {
    return sandbox.calls().stream().filter(call -> call.route() == Route.PART).toList();
  }

  private static String number(Call part) {
    return part.path().substring(part.path().lastIndexOf('/') + 1);
  }
}

package io.mediadrop.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediadrop.cli.Running;
import io.mediadrop.media.MediaFiles;
import io.mediadrop.sandbox.Call;
import io.mediadrop.sandbox.Faults;
import io.mediadrop.sandbox.Route;
import io.mediadrop.sandbox.Sandbox;
import io.mediadrop.sandbox.SandboxOptions;
import io.mediadrop.sandbox.When;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LargePlanTest {

  private static final long SIZE = 60L << 30;

  @TempDir Path home;
  @TempDir Path outside;

  @Test
  void isReadWhateverItsLengthWhereItsFileIsAsLarge() throws Exception {
    SandboxOptions options = SandboxOptions.defaults().withPartSize(6 << 20);
    try (Sandbox sandbox = Sandbox.start(options);
        Running running = Running.on(home).start(sandbox)) {
      // nobody has the time to send it all
      sandbox.faults().on(When.route(Route.PART), Faults.refuse(415, "UNSUPPORTED"));
      Path file = MediaFiles.write(outside.resolve("a.mp3"), 10_000);
      try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
        sparse.setLength(SIZE);
      }
      Files.move(file, running.drop().resolve("a.mp3"));
      running.awaitFailed(1);

      assertThat(sandbox.calls())
          .extracting(Call::route)
          .startsWith(Route.INIT, Route.PART)
          .containsOnlyOnce(Route.INIT);
    }
  }
}

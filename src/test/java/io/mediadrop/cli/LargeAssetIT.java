package io.mediadrop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediadrop.assets.FileServer;
import io.mediadrop.media.MediaFiles;
import io.mediadrop.sandbox.Route;
import io.mediadrop.sandbox.Sandbox;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LargeAssetIT {

  private static final int CHUNK = 1 << 20;
  private static final long SIZE = 1L << 30;

  @TempDir Path home;

  @Test
  void isFetchedInLittleMemory() throws Exception {
    byte[] chunk = new byte[CHUNK];
    Arrays.fill(chunk, (byte) 'm');
    try (FileServer server = FileServer.start();
        Sandbox sandbox = Sandbox.start();
        Child child =
            Child.run(
                home,
                sandbox,
                List.of("-Xmx64m"),
                Sandbox.KEY,
                Sandbox.CONNECTION,
                "mediadrop.disk.min-free=1MiB",
                "mediadrop.archive.assets=download",
                "mediadrop.assets.private-addresses=true")) {
      server.on(
          "/large",
          (number, out) -> {
            FileServer.say(out, "200 OK", "Content-Type: video/mp4", "Content-Length: " + SIZE);
            for (long sent = 0; sent < SIZE; sent += CHUNK) {
              out.write(chunk);
            }
          });
      sandbox
          .faults()
          .next(
              Route.WHOLE,
              FileServer.answering(
                  "{'id':1,'isReady':true,'files':{'full':{'url':'%s','size':%d}}}"
                      .formatted(server.url("/large"), SIZE)));
      Running.patiently().until(() -> Files.isDirectory(home.resolve("drop")));
      MediaFiles.write(home.resolve("drop/a.jpg"), 1_000);
      Running.patiently()
          .atMost(Duration.ofMinutes(5))
          .until(() -> archived("full.mp4") != null || !child.isAlive());

      assertThat(child.output()).doesNotContain("OutOfMemory");
      assertThat(archived("full.mp4")).hasSize(SIZE);
      assertThat(isAll(archived("full.mp4"), chunk)).isTrue();
    }
  }

  private Path archived(String name) {
    return Running.filesIn(home.resolve("archive")).stream()
        .filter(file -> file.endsWith("/" + name))
        .map(home.resolve("archive")::resolve)
        .findFirst()
        .orElse(null);
  }

  private static boolean isAll(Path file, byte[] chunk) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      for (byte[] read = in.readNBytes(CHUNK); read.length > 0; read = in.readNBytes(CHUNK)) {
        if (!Arrays.equals(read, chunk)) {
          return false;
        }
      }
      return true;
    }
  }
}

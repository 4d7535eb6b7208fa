package io.mediadrop.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediadrop.assets.FileServer;
import io.mediadrop.cli.Running;
import io.mediadrop.media.MediaFiles;
import io.mediadrop.sandbox.Route;
import io.mediadrop.sandbox.Sandbox;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The process dies while it fetches the files behind an answer. */
class KilledDownloadIT {

  private static final int FILES = 4;
  private static final int KILLED_AT = 2;

  @TempDir Path folder;

  @Test
  void goesOnWithWhatWasNotArchived() throws Exception {
    Path home = folder.resolve("home");
    Files.createDirectories(home.resolve("drop"));
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch killed = new CountDownLatch(1);
    try (FileServer server = FileServer.start();
        Sandbox sandbox = Sandbox.start()) {
      for (int i = 0; i < FILES; i++) {
        byte[] content = content(i);
        boolean interrupted = i == KILLED_AT;
        server.on(
            path(i),
            (number, out) -> {
              FileServer.say(
                  out, "200 OK", "Content-Type: image/png", "Content-Length: " + content.length);
              out.write(content, 0, content.length / 2);
              if (interrupted && number == 1) {
                begun.countDown();
                killed.await();
                return;
              }
              out.write(content, content.length / 2, content.length - content.length / 2);
            });
      }
      String options =
          IntStream.range(0, FILES)
              .mapToObj(i -> "{'url':'" + server.url(path(i)) + "'}")
              .collect(Collectors.joining(","));
      sandbox
          .faults()
          .next(
              Route.WHOLE,
              FileServer.answering(
                  "{'id':1,'isReady':true,'files':{'full':{'sources':[" + options + "]}}}"));
      MediaFiles.write(home.resolve("drop/a.jpg"), 1_000);
      try (Child child = child(home).start(sandbox)) {
        begun.await();
        assertThat(child.isAlive()).isTrue();
      }
      assertThat(LedgerInvariants.violations(home)).isEmpty();
      killed.countDown();

      try (Child child = child(home).start(sandbox)) {
        child
            .patiently()
            .until(
                () ->
                    LedgerInvariants.count(home, "SELECT COUNT(*) FROM outbox") == 0
                        && LedgerInvariants.count(
                                home, "SELECT COUNT(*) FROM assets WHERE archived_at > 0")
                            == FILES);
      }
      for (int i = 0; i < FILES; i++) {
        int number = i;
        assertThat(Running.filesIn(home.resolve("archive")))
            .filteredOn(file -> file.endsWith("/a.jpg.assets/full-source-" + (number + 1) + ".png"))
            .singleElement()
            .satisfies(
                file ->
                    assertThat(home.resolve("archive").resolve(file))
                        .hasBinaryContent(content(number)));
        assertThat(server.calls(path(i))).as(path(i)).isEqualTo(i == KILLED_AT ? 2 : 1);
      }
      assertThat(Running.filesIn(home.resolve("data/assets"))).isEmpty();
      assertThat(sandbox.uploads()).hasSize(1);
      assertThat(LedgerInvariants.violations(home)).isEmpty();
    }
  }

  private static Child.Builder child(Path home) {
    return Child.on(home)
        .set("mediadrop.archive.assets", "download")
        .set("mediadrop.assets.private-addresses", "true");
  }

  private static String path(int i) {
    return "/file-" + i;
  }

  private static byte[] content(int i) {
    return ("file " + i + " ").repeat(50_000).getBytes();
  }
}

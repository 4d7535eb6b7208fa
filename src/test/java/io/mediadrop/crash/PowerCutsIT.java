package io.mediadrop.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.mediadrop.cli.Running;
import io.mediadrop.media.MediaFiles;
import io.mediadrop.sandbox.Sandbox;
import io.mediadrop.sandbox.SandboxOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The power goes at any moment of the filing, once the API has all files: the disk is made what it
 * may be then, without what was not synced, and mediadrop is started again.
 */
class PowerCutsIT {

  private static final int PHOTOS = 6;

  /** How many cuts; {@code -Dpower.cuts=200} for a thorough look. */
  private static final int CUTS = Integer.getInteger("power.cuts", 4);

  /** {@code -Dpower.seed=…} begins with a cut that has failed. */
  private static final int FIRST = Integer.getInteger("power.seed", 1);

  @TempDir Path folder;
  private Path home;

  @Test
  void loseNothingAndDoubleNothing() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/strace")), "strace is not installed");
    home = folder.resolve("home");
    for (String name : List.of("drop", "archive", "failed", "data")) {
      Files.createDirectories(home.resolve(name));
    }
    for (int i = 1; i <= PHOTOS; i++) {
      MediaFiles.write(home.resolve("drop").resolve("photo%d.jpg".formatted(i)), 20_000, i);
    }
    Path before = copy(home, folder.resolve("before"));
    try (Sandbox sandbox = Sandbox.start(SandboxOptions.defaults())) {
      List<String> calls = record(sandbox);
      int lastPut = calls.size() - 1;
      while (!calls.get(lastPut).contains("\"\\x50\\x55\\x54\\x20\\x2f")) {
        lastPut--;
      }
      for (int seed = FIRST; seed < FIRST + CUTS; seed++) {
        Random chance = new Random(seed);
        int at = lastPut + 1 + chance.nextInt(calls.size() - lastPut);
        delete(home);
        copy(before, home);
        TracedDisk disk = new TracedDisk(home);
        calls.subList(0, at).forEach(disk::run);
        delete(home);
        disk.cut(chance);
        try {
          startAgain(sandbox);
        } catch (AssertionError | Exception e) {
          throw new AssertionError("-Dpower.seed=%d, after call %d".formatted(seed, at), e);
        }
      }
    }
  }

  private List<String> record(Sandbox sandbox) throws Exception {
    Path trace = folder.resolve("trace.txt");
    try (Child child =
        Child.on(home)
            .set("mediadrop.lane.concurrency", "3")
            .under("/usr/bin/strace", "-o", trace.toString())
            .under(TracedDisk.STRACE)
            .start(sandbox)) {
      child.awaitFiled(PHOTOS, Duration.ofMinutes(2));
    }
    return TracedDisk.calls(trace);
  }

  private void startAgain(Sandbox sandbox) throws Exception {
    assertThat(LedgerInvariants.violations(home)).isEmpty();
    // or it would be waited for whether the one that wrote it still lives
    Files.deleteIfExists(home.resolve("drop/.mediadrop-watch.json"));
    long start = System.currentTimeMillis();
    try (Connection ledger =
            DriverManager.getConnection("jdbc:sqlite:" + home.resolve("data/ledger.db"));
        Statement statement = ledger.createStatement()) {
      // the machine has started anew
      statement.execute("UPDATE unsynced SET mounting = mounting + 1");
    }
    try (Running running =
        Running.on(home).impatiently().with("mediadrop.doubt.wait", "1s").start(sandbox)) {
      running.awaitFiled(PHOTOS);
      Running.patiently()
          .until(
              () ->
                  LedgerInvariants.count(
                          home, "SELECT COUNT(*) FROM unsynced WHERE written_at < " + start)
                      == 0);
      Running.patiently().untilAsserted(() -> check(running));
    }
    assertThat(sandbox.uploads()).as("uploads").hasSize(PHOTOS);
  }

  private void check(Running running) throws Exception {
    assertThat(Running.filesIn(home.resolve("drop"))).as("left in the folder").isEmpty();
    List<String> archived =
        Running.filesIn(home.resolve("archive")).stream()
            .filter(file -> !file.endsWith(".tmp"))
            .map(file -> file.substring(file.lastIndexOf('/') + 1))
            .toList();
    List<String> expected = new ArrayList<>();
    for (int i = 1; i <= PHOTOS; i++) {
      String name = "photo%d.jpg".formatted(i);
      expected.addAll(List.of(name, name + ".media.json", name + ".assets.json"));
    }
    assertThat(archived).containsExactlyInAnyOrderElementsOf(expected);
    for (int i = 1; i <= PHOTOS; i++) {
      String name = "photo%d.jpg".formatted(i);
      JsonNode receipt = running.json("/" + name + ".media.json");
      Path original = home.resolve("archive").resolve(receipt.path("archived").asText());
      assertThat(original).hasSameBinaryContentAs(folder.resolve("before/drop").resolve(name));
      assertThatCode(() -> running.json("/" + name + ".assets.json")).doesNotThrowAnyException();
      assertThat(running.json("/" + name + ".assets.json").isArray()).isTrue();
    }
  }

  private static Path copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Path copied = to.resolve(from.relativize(file).toString());
        Files.copy(file, copied, java.nio.file.StandardCopyOption.COPY_ATTRIBUTES);
      }
    }
    return to;
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}

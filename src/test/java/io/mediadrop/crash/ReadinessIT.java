package io.mediadrop.crash;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mediadrop.cli.Running;
import io.mediadrop.media.MediaFiles;
import io.mediadrop.sandbox.Due;
import io.mediadrop.sandbox.MediaBehaviour;
import io.mediadrop.sandbox.Sandbox;
import io.mediadrop.sandbox.SandboxOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Killed between the steps that follow from an answer about a media, one after the other. */
class ReadinessIT {

  private static final String READY = "ready.jpg";
  private static final String FAULTY = "faulty.jpg";

  /** A step, and the file for which the process is killed there. */
  private record Point(String file, String step) {}

  private static final List<Point> POINTS =
      List.of(
          // its receipt is written, and nothing is recorded
          new Point(READY, "after SafeMove.replace by Receipts.replace #1"),
          // its items are written, too
          new Point(READY, "after SafeMove.replace by Split.replace #1"),
          // in the archive and among the failed ones
          new Point(FAULTY, "after SafeMove.link by SafeMove.move #1"),
          // moved, and its receipt says so, and the ledger does not
          new Point(FAULTY, "after SafeMove.replace by Receipts.replace #1"),
          // recorded, and told to nobody
          new Point(READY, "after Ledger.write by ReadinessRecords.end #1"));

  @TempDir Path folder;

  @Test
  void tellsOnceWhatBecameOfAMediaHoweverOftenItIsKilled() throws Exception {
    Path home = folder.resolve("home");
    MediaBehaviour soon = MediaBehaviour.atOnce().ready(Due.afterPolls(1));
    SandboxOptions options =
        SandboxOptions.defaults().withMedia(name -> name.equals(FAULTY) ? soon.failing() : soon);
    try (Sandbox sandbox = Sandbox.start(options);
        Subscriber subscriber = new Subscriber()) {
      upload(home, sandbox, subscriber);
      for (Point point : POINTS) {
        due(home, point.file());
        try (Child child =
            child(home, subscriber).property(KillPoints.AT, point.step()).start(sandbox)) {
          assertThat(child.awaitEnd(120)).as("%s: %s", point, child.output()).isEqualTo(137);
        }
        assertThat(LedgerInvariants.violations(home)).as("after %s", point).isEmpty();
      }
      due(home, "%");
      try (Child child = child(home, subscriber).start(sandbox)) {
        awaitCount(home, child, "SELECT COUNT(*) FROM awaited_media", 0);
        awaitCount(home, child, "SELECT COUNT(*) FROM outbox", 0);
      }
      assertThat(LedgerInvariants.violations(home)).isEmpty();
      check(home, subscriber);
    }
  }

  private static Child.Builder child(Path home, Subscriber subscriber) {
    return Child.on(home).set("mediadrop.notify.uri", subscriber.uri());
  }

  private static void upload(Path home, Sandbox sandbox, Subscriber subscriber) throws Exception {
    Path drop = Files.createDirectories(home.resolve("drop"));
    MediaFiles.write(drop.resolve(READY), 20_000, 1);
    MediaFiles.write(drop.resolve(FAULTY), 20_000, 2);
    try (Child child = child(home, subscriber).start(sandbox)) {
      awaitCount(home, child, "SELECT COUNT(*) FROM drops WHERE state = 'FILED'", 2);
    }
    assertThat(LedgerInvariants.count(home, "SELECT COUNT(*) FROM awaited_media")).isEqualTo(2);
  }

  /** Of what is awaited only the files named like this are due; nobody has the ledger open. */
  private static void due(Path home, String file) throws Exception {
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + home.resolve("data/ledger.db"));
        PreparedStatement update =
            connection.prepareStatement(
                "UPDATE awaited_media SET due_at = CASE WHEN drop_id IN"
                    + " (SELECT id FROM drops WHERE path LIKE ?) THEN 0 ELSE ? END")) {
      update.setString(1, file);
      update.setLong(2, System.currentTimeMillis() + Duration.ofMinutes(8).toMillis());
      update.executeUpdate();
    }
  }

  private static void awaitCount(Path home, Child child, String query, int expected) {
    child
        .patiently()
        .atMost(Duration.ofMinutes(2))
        .until(() -> LedgerInvariants.count(home, query) == expected);
  }

  private static void check(Path home, Subscriber subscriber) throws Exception {
    assertThat(subscriber.eventsOf(READY)).as("media.uploaded and media.ready").hasSize(2);
    assertThat(subscriber.eventsOf(FAULTY)).as("media.uploaded and media.failed").hasSize(2);
    assertThat(subscriber.typesOf(READY)).containsExactly("media.uploaded", "media.ready");
    assertThat(subscriber.typesOf(FAULTY)).containsExactly("media.uploaded", "media.failed");
    assertThat(receipt(home, READY).path("status").asText()).isEqualTo("ready");
    assertThat(receipt(home, FAULTY).path("status").asText()).isEqualTo("failed");
    assertThat(receipt(home, FAULTY).path("archived").isNull()).isTrue();
    assertThat(Running.filesIn(home.resolve("failed")))
        .containsExactly("default/" + FAULTY, "default/" + FAULTY + ".reason.txt");
    assertThat(Running.filesIn(home.resolve("archive")).stream().map(ReadinessIT::name))
        .containsExactlyInAnyOrder(
            READY,
            READY + ".media.json",
            READY + ".assets.json",
            FAULTY + ".media.json",
            FAULTY + ".assets.json");
  }

  private static String name(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  private static JsonNode receipt(Path home, String file) throws Exception {
    Path archive = home.resolve("archive");
    String receipt =
        Running.filesIn(archive).stream()
            .filter(path -> path.endsWith("/" + file + ".media.json"))
            .findFirst()
            .orElseThrow();
    return new ObjectMapper().readTree(archive.resolve(receipt).toFile());
  }
}

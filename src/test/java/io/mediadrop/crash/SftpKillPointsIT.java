package io.mediadrop.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.mediadrop.cli.Running;
import io.mediadrop.media.MediaFiles;
import io.mediadrop.remote.Lie;
import io.mediadrop.remote.SftpHost;
import io.mediadrop.remote.SftpLane;
import io.mediadrop.sandbox.Sandbox;
import io.mediadrop.sandbox.Upload;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A file that is fetched from a server and put away there, and a process that dies meanwhile. */
class SftpKillPointsIT {

  /** Every point takes minutes; {@code -Dkill.every=1} takes them all. */
  private static final int EVERY = Integer.getInteger("kill.every", 8);

  private static final String PHOTO = "photo.jpg";
  private static final long SIZE = 20_000;

  @TempDir Path folder;
  private Lie[] lies = {};

  @Test
  void losesAndDoublesNothingHereNorOnTheServer() throws Exception {
    killAtAll(record(), EVERY);
  }

  /** Where the server says ok to what it does not do, or does it late or by another way. */
  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.INCLUDE,
      names = {"LINKS_NOTHING", "KNOWS_NO_LINKS", "LINKS_BY_MOVING", "DOES_IT_LATER"})
  @Tag("troubles")
  void losesAndDoublesNothingOnAServerThatLies(Lie lie) throws Exception {
    lies = new Lie[] {lie};
    List<String> moves =
        record().stream().filter(point -> point.matches(".*(make|link|rename|delete) .*")).toList();
    killAtAll(moves, 2);
  }

  private void killAtAll(List<String> points, int every) throws Exception {
    assertThat(points).as("points that a run passes").hasSizeGreaterThan(5);

    List<String> failures = new ArrayList<>();
    for (int i = 0; i < points.size(); i += every) {
      String failure = killAt(points.get(i), folder.resolve("run-" + i));
      if (!failure.isEmpty()) {
        failures.add(failure);
      }
    }
    assertThat(failures).isEmpty();
  }

  /** Those of the server's part of the story; the others are those of any file. */
  private List<String> record() throws Exception {
    Path record = folder.resolve("points.txt");
    Path place = folder.resolve("recording");
    try (SftpHost host = SftpHost.on(place.resolve("server"));
        Sandbox sandbox = Sandbox.start();
        Child child =
            child(host, place).property(KillPoints.RECORD, record.toString()).start(sandbox)) {
      awaitPutAway(host, place, child);
    }
    return Files.readAllLines(record).stream()
        .filter(
            point ->
                point.contains("SftpSession")
                    || point.contains("RemoteMoves")
                    || point.contains("RemoteDrops"))
        .toList();
  }

  private String killAt(String point, Path place) throws Exception {
    try (SftpHost host = SftpHost.on(place.resolve("server"));
        Sandbox sandbox = Sandbox.start()) {
      try (Child doomed = child(host, place).property(KillPoints.AT, point).start(sandbox)) {
        int exit = doomed.awaitEnd(120);
        if (exit != 137) {
          return point + " was not visited: exit code " + exit + "\n" + doomed.output();
        }
      }
      assertKept(host, place);
      try (Child child = child(host, place).start(sandbox)) {
        try {
          awaitPutAway(host, place, child);
          assertThatCode(() -> check(host, place, sandbox)).doesNotThrowAnyException();
          return "";
        } catch (AssertionError | ConditionTimeoutException e) {
          return point + ": " + e.getMessage() + "\n" + child.output();
        }
      }
    }
  }

  private Child.Builder child(SftpHost host, Path place) throws Exception {
    host.lie(lies);
    Path config = SftpLane.over(host, place.resolve("config")).written();
    SftpLane.writeSecrets(config);
    if (!Files.exists(host.root().resolve("in/done"))) {
      Path photo = host.root().resolve("in").resolve(PHOTO);
      if (!Files.exists(photo)) {
        MediaFiles.write(photo, SIZE);
      }
    }
    return Child.on(place.resolve("home")).config(config).set("mediadrop.lane.concurrency", "1");
  }

  private static void awaitPutAway(SftpHost host, Path place, Child child) {
    child
        .patiently()
        .until(
            () ->
                !Files.exists(host.root().resolve("in").resolve(PHOTO))
                    && LedgerInvariants.count(
                            place.resolve("home"),
                            "SELECT COUNT(*) FROM drops WHERE state = 'FILED'"
                                + " AND id NOT IN (SELECT id FROM remote)")
                        == 1
                    && LedgerInvariants.count(place.resolve("home"), "SELECT COUNT(*) FROM outbox")
                        == 0);
  }

  /** The whole file is on the server, or in the archive here. */
  private static void assertKept(SftpHost host, Path place) {
    List<Path> files =
        Stream.of(host.root(), place.resolve("home/archive"))
            .flatMap(root -> Running.filesIn(root).stream().map(root::resolve))
            .toList();
    assertThat(files).anyMatch(f -> f.endsWith(PHOTO) && f.toFile().length() == SIZE);
  }

  private static void check(SftpHost host, Path place, Sandbox sandbox) {
    Path home = place.resolve("home");
    assertThat(sandbox.uploads()).extracting(Upload::name).containsExactly(PHOTO);
    assertThat(Running.filesIn(host.root())).containsExactly("in/done/" + PHOTO);
    assertThat(Running.filesIn(home.resolve("data/sftp"))).isEmpty();
    assertThat(Running.filesIn(home.resolve("archive"))).hasSize(3);
    assertThat(Running.filesIn(home.resolve("failed"))).isEmpty();
  }
}

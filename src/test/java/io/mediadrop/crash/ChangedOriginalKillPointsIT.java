package io.mediadrop.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediadrop.cli.Running;
import io.mediadrop.media.MediaFiles;
import io.mediadrop.sandbox.Answer;
import io.mediadrop.sandbox.Exchange;
import io.mediadrop.sandbox.Fault;
import io.mediadrop.sandbox.FaultScript;
import io.mediadrop.sandbox.Route;
import io.mediadrop.sandbox.Sandbox;
import io.mediadrop.sandbox.SandboxOptions;
import io.mediadrop.sandbox.When;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kills around the steps by which an original that was changed in the archive is put back. */
class ChangedOriginalKillPointsIT {

  /** {@code -Dkill.every=1} takes every point. */
  private static final int EVERY = Integer.getInteger("kill.every", 3);

  /** What others do at the same time has its turn earlier or later in each run. */
  private static final Pattern OWN =
      Pattern.compile("ChangedOriginals|FiledDrops|by SafeMove.move");

  private static final Duration PATIENCE = Duration.ofMinutes(4);

  @TempDir Path folder;

  /** Opens the file while it is sent, as whoever records it would. */
  private static final class Recorder implements Fault, AutoCloseable {

    private final Path file;
    private volatile FileChannel channel;

    private Recorder(Path file) {
      this.file = file;
    }

    @Override
    public Answer answering(Answer answer, Exchange call) {
      try {
        channel = FileChannel.open(file, StandardOpenOption.APPEND);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return answer;
    }

    private void writeOn(byte[] whole) throws IOException {
      channel.write(ByteBuffer.wrap(whole, 9_000, 1_000));
      channel.close();
    }

    @Override
    public void close() throws IOException {
      if (channel != null) {
        channel.close();
      }
    }
  }

  @Test
  void losesAndDoublesNothingWhereverTheProcessIsKilled() throws Exception {
    Path record = folder.resolve("points.txt");
    run(folder.resolve("recording"), KillPoints.RECORD, record.toString());
    List<String> points = pointsOfPuttingBack(Files.readAllLines(record));
    assertThat(points).as("points of putting back").hasSizeGreaterThan(8);
    for (int i = 0; i < points.size(); i += EVERY) {
      run(folder.resolve("home-" + i), KillPoints.AT, points.get(i));
    }
  }

  private static List<String> pointsOfPuttingBack(List<String> all) {
    int first = 0;
    int last = 0;
    for (int i = all.size() - 1; i >= 0; i--) {
      last = last == 0 && all.get(i).contains("ChangedOriginals") ? i : last;
      first = all.get(i).contains("FiledDrops.superseded") ? i : first;
    }
    return all.subList(first, last + 1).stream().filter(p -> OWN.matcher(p).find()).toList();
  }

  private void run(Path home, String property, String value) throws Exception {
    byte[] whole = Files.readAllBytes(MediaFiles.write(folder.resolve("rec.mp3"), 10_000));
    Path file = Files.createDirectories(home.resolve("drop")).resolve("rec.mp3");
    Files.write(file, Arrays.copyOf(whole, 9_000));
    try (Recorder recorder = new Recorder(file);
        Sandbox sandbox =
            Sandbox.start(
                SandboxOptions.defaults()
                    .withFaults(new FaultScript().on(When.route(Route.WHOLE).call(1), recorder)))) {
      try (Child child = Child.on(home).property(property, value).start(sandbox)) {
        child.awaitFiled(1, PATIENCE);
        recorder.writeOn(whole);
        if (property.equals(KillPoints.AT)) {
          assertThat(child.awaitEnd(PATIENCE.toSeconds()))
              .as("%s%n%s", value, child.output())
              .isEqualTo(137);
        } else {
          child.awaitFiled(2, PATIENCE);
        }
      }
      assertThat(LedgerInvariants.violations(home)).isEmpty();
      if (property.equals(KillPoints.AT)) {
        try (Child next = Child.on(home).start(sandbox)) {
          next.awaitFiled(2, PATIENCE);
        }
      }
      check(home, sandbox, whole, value);
    }
  }

  private static void check(Path home, Sandbox sandbox, byte[] whole, String point)
      throws IOException {
    assertThat(sandbox.uploads()).as(point).extracting("size").containsExactly(9_000L, 10_000L);
    assertThat(Running.filesIn(home.resolve("drop"))).as(point).isEmpty();
    List<String> originals =
        Running.filesIn(home.resolve("archive")).stream().filter(f -> f.endsWith(".mp3")).toList();
    assertThat(originals).as(point).hasSize(1);
    assertThat(home.resolve("archive").resolve(originals.get(0))).hasBinaryContent(whole);
    Path receipt =
        home.resolve("archive").resolve(originals.get(0)).resolveSibling("rec.mp3.media.json");
    assertThat(receipt)
        .as(point)
        .content()
        .contains("\"superseded\" : true", "\"archived\" : null");
  }
}

package io.mediadrop.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.mediadrop.media.MediaFiles;
import io.mediadrop.sandbox.Sandbox;
import io.mediadrop.sandbox.SandboxOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a power cut takes is what was not yet on the disk, which killing a process does not show. So
 * the system calls of a whole upload are traced, and their order is looked at.
 */
class PowerCutIT {

  private static final Pattern LINE = Pattern.compile("(\\d+)\\s+(.*)");
  private static final Pattern RESUMED = Pattern.compile("<\\.\\.\\. \\w+ resumed>.*");

  @TempDir Path folder;

  @Test
  void findsEachStepOnTheDiskBeforeTheNextOneIsTaken() throws Exception {
    List<String> calls = trace(child -> child);

    int init = first(calls, 0, call -> call.contains("POST /v2/access/uploads/init"));
    int put = first(calls, init, call -> call.contains("PUT /v2/access/uploads/"));
    int link = first(calls, put, call -> call.startsWith("link") && call.contains("photo.jpg"));
    int unlink = first(calls, link, call -> call.startsWith("unlink") && call.contains("/drop/"));
    assertThat(calls.subList(init, put)).as("the session, before a byte").anyMatch(this::isLedger);
    assertThat(calls.subList(put, link)).as("the upload, before the move").anyMatch(this::isLedger);
    assertThat(calls.subList(put, link))
        .as("the original's content, before it gets its new name")
        .anyMatch(call -> call.startsWith("fsync") && call.contains("/drop/photo.jpg>"));
    assertThat(calls.subList(link, unlink))
        .as("the new name, before the old one goes")
        .anyMatch(call -> call.startsWith("fsync") && call.contains("/archive/default/"));
    assertThat(calls.subList(link, unlink))
        .as("that it is filed, before its old name is gone")
        .noneMatch(this::isLedger);
    int filed = first(calls, unlink, this::isLedger);
    assertThat(calls.subList(unlink, filed))
        .as("the old name's end, before it counts as filed")
        .anyMatch(call -> call.startsWith("fsync") && call.contains("/home/drop>"));
    int receipt = first(calls, put, call -> call.startsWith("rename") && isReceipt(call));
    assertThat(receipt).as("the receipt, before the original's old name goes").isLessThan(unlink);
    assertThat(calls.subList(receipt, unlink))
        .as("the receipt's name, before the original's old name goes")
        .anyMatch(call -> call.startsWith("fsync") && call.contains("/archive/default/"));
    assertThat(calls.subList(receipt, filed))
        .as("the receipt's content, for which nobody waits")
        .noneMatch(call -> call.startsWith("fsync") && call.contains(".json"));
    for (String day : List.of("/archive", "/archive/default")) {
      assertThat(calls.subList(put, unlink))
          .as("the names of new folders, before the original's old name goes")
          .anyMatch(call -> call.startsWith("fsync") && call.contains(day + ">"));
    }
  }

  @Test
  void findsTheUploadOnTheDiskBeforeItsOldNameGoesWhateverTheLedgersSync() throws Exception {
    List<String> calls = trace(child -> child.set("mediadrop.ledger.sync", "normal"));

    int put = first(calls, 0, call -> call.contains("PUT /v2/access/uploads/"));
    int link = first(calls, put, call -> call.startsWith("link") && call.contains("photo.jpg"));
    int unlink = first(calls, link, call -> call.startsWith("unlink") && call.contains("/drop/"));
    assertThat(calls.subList(put, unlink))
        .as("the upload, before the old name goes")
        .anyMatch(this::isLedger);
    int ids = first(calls, 0, call -> call.startsWith("rename") && call.contains("/data/ids\""));
    assertThat(calls.subList(ids, put))
        .as("the mark of ids that were given, before one is used")
        .anyMatch(call -> call.startsWith("fsync") && call.contains("/data>"));
  }

  private List<String> trace(UnaryOperator<Child.Builder> settings) throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/strace")), "strace is not installed");
    Path home = folder.resolve("home");
    Path trace = folder.resolve("trace.txt");
    MediaFiles.write(Files.createDirectories(home.resolve("drop")).resolve("photo.jpg"), 20_000);
    try (Sandbox sandbox = Sandbox.start(SandboxOptions.defaults());
        Child child =
            settings
                .apply(Child.on(home))
                .under("/usr/bin/strace", "-f", "-y", "-s", "64", "-o", trace.toString(), "-e")
                .under("trace=write,writev,sendto,fsync,fdatasync,link,linkat,unlink,rename")
                .start(sandbox)) {
      child.awaitFiled(1, Duration.ofMinutes(1));
    }
    return completed(Files.readAllLines(trace));
  }

  private static boolean isReceipt(String call) {
    return call.contains("photo.jpg.media.json");
  }

  private boolean isLedger(String call) {
    return call.startsWith("f") && call.contains("sync(") && call.contains("ledger.db-wal");
  }

  private static int first(List<String> calls, int from, Predicate<String> wanted) {
    for (int i = from; i < calls.size(); i++) {
      if (wanted.test(calls.get(i))) {
        return i;
      }
    }
    throw new AssertionError("not found in the trace after line " + from);
  }

  /** The calls without the process ids; a sync counts from when it is done, the others at once. */
  private static List<String> completed(List<String> trace) {
    Map<String, String> unfinished = new HashMap<>();
    List<String> calls = new ArrayList<>();
    for (String line : trace) {
      Matcher parts = LINE.matcher(line);
      if (!parts.matches()) {
        continue;
      }
      String call = parts.group(2);
      if (RESUMED.matcher(call).matches()) {
        String begun = unfinished.remove(parts.group(1));
        if (begun != null) {
          calls.add(begun);
        }
      } else if (call.contains("sync(") && call.endsWith("<unfinished ...>")) {
        unfinished.put(parts.group(1), call);
      } else {
        calls.add(call);
      }
    }
    return calls;
  }
}

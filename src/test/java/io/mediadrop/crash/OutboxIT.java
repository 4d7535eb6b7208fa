package io.mediadrop.crash;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.mediadrop.cli.Running;
import io.mediadrop.ledger.EventSchemas;
import io.mediadrop.media.MediaFiles;
import io.mediadrop.sandbox.Sandbox;
import io.mediadrop.sandbox.Upload;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A webhook that is down, then slow, then fails, then well, an archive endpoint that cannot be
 * written for a while, and a process that is killed in between; how often is set by {@code
 * -Doutbox.kills=… -Doutbox.files=…}.
 */
class OutboxIT {

  private static final int KILLS = Integer.getInteger("outbox.kills", 5);
  private static final int FILES = Integer.getInteger("outbox.files", 60);
  private static final long SEED = Long.getLong("outbox.seed", System.nanoTime());

  @TempDir Path folder;

  /** Down for 20 deliveries, slow for 20, failing for 20, then well. */
  private static final class Moody implements AutoCloseable {

    private static final int EACH = 20;

    private final Map<String, Set<String>> takenIds = new ConcurrentHashMap<>();
    private final Map<String, byte[]> bodies = new ConcurrentHashMap<>();
    private final Queue<String> wrong = new ConcurrentLinkedQueue<>();
    private final AtomicInteger deliveries = new AtomicInteger();
    private final HttpServer server;

    Moody() throws IOException {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.setExecutor(Executors.newCachedThreadPool());
      server.createContext("/", this::take);
      server.start();
    }

    private void take(HttpExchange exchange) throws IOException {
      try (exchange) {
        byte[] body = exchange.getRequestBody().readAllBytes();
        var event = new com.fasterxml.jackson.databind.ObjectMapper().readTree(body);
        String id = event.path("id").asText();
        byte[] before = bodies.putIfAbsent(id, body);
        if (before != null && !java.util.Arrays.equals(before, body)) {
          wrong.add(id + " was told differently the second time");
        }
        wrong.addAll(EventSchemas.violations(body));
        int mood = (deliveries.incrementAndGet() - 1) / EACH;
        switch (mood) {
          case 0 -> {
            return; // closes the connection without a word
          }
          case 1 -> LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(300));
          case 2 -> {
            exchange.sendResponseHeaders(500, -1);
            return;
          }
          default -> {
            // well
          }
        }
        exchange.sendResponseHeaders(204, -1);
        takenIds
            .computeIfAbsent(
                event.path("data").path("file").asText(), f -> ConcurrentHashMap.newKeySet())
            .add(id);
      }
    }

    String uri() {
      return "http://127.0.0.1:" + server.getAddress().getPort() + "/hook";
    }

    @Override
    public void close() {
      server.stop(0);
    }
  }

  @Test
  void bringsEveryEventAndEveryArchiveToItsEndAndUploadsNothingTwice() throws Exception {
    Random random = new Random(SEED);
    Path home = folder.resolve("home");
    Path archive = Files.createDirectories(folder.resolve("archive"));
    Files.createDirectories(home.resolve("drop"));
    for (int i = 0; i < FILES; i++) {
      MediaFiles.write(home.resolve("drop").resolve(name(i)), 10_000, i);
    }
    try (Sandbox sandbox = Sandbox.start();
        Moody webhook = new Moody()) {
      for (int kill = 0; kill < KILLS; kill++) {
        writable(archive, kill % 2 == 1);
        try (Child child = child(home, archive, webhook).start(sandbox)) {
          assertThat(child.staysAliveFor(Duration.ofMillis(2_000 + random.nextInt(3_000))))
              .as("still running before kill %d: %s", kill, child.output())
              .isTrue();
        }
        assertThat(LedgerInvariants.violations(home))
            .as("after kill %d, seed %d", kill, SEED)
            .isEmpty();
      }
      writable(archive, true);
      try (Child child = child(home, archive, webhook).start(sandbox)) {
        child.awaitDrained(FILES, Duration.ofMinutes(5));
      }

      assertThat(webhook.wrong).as("seed %d", SEED).isEmpty();
      assertThat(sandbox.uploads())
          .as("seed %d", SEED)
          .extracting(Upload::name)
          .containsExactlyInAnyOrderElementsOf(names());
      assertThat(webhook.takenIds.keySet()).containsExactlyInAnyOrderElementsOf(names());
      assertThat(webhook.takenIds.values()).as("one id each").allMatch(ids -> ids.size() == 1);
      assertThat(Running.filesIn(home.resolve("archive"))).hasSize(2 * FILES);
      assertThat(Running.filesIn(archive)).as("receipts and items").hasSize(2 * FILES);
    }
  }

  /** A file in the folder's place keeps everybody from writing there, root included. */
  private static void writable(Path archive, boolean writable) throws IOException {
    Path away = archive.resolveSibling("away");
    if (writable && Files.exists(away)) {
      Files.delete(archive);
      Files.move(away, archive);
    } else if (!writable && !Files.exists(away)) {
      Files.move(archive, away);
      Files.createFile(archive);
    }
  }

  private static Child.Builder child(Path home, Path archive, Moody webhook) {
    return Child.on(home)
        .set("mediadrop.lane.concurrency", "2")
        .set("mediadrop.notify.uri", webhook.uri())
        .set("mediadrop.notify.timeout", "2s")
        .set("mediadrop.archive.uri", "file:" + archive + "?fileExist=Override")
        .set("mediadrop.outbox.waits", "200ms, 200ms, 500ms" + ", 1s".repeat(60));
  }

  private static String name(int i) {
    return "file-" + i + ".jpg";
  }

  private static List<String> names() {
    return IntStream.range(0, FILES).mapToObj(OutboxIT::name).toList();
  }
}

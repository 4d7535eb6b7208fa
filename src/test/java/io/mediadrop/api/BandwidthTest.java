package io.mediadrop.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.mediadrop.drop.Part;
import io.mediadrop.media.MediaFiles;
import io.mediadrop.sandbox.Sandbox;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.apache.hc.client5.http.classic.methods.HttpPut;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A line that is not mediadrop's alone. */
@Timeout(60)
class BandwidthTest {

  private static final int MIB = 1 << 20;

  @TempDir Path folder;
  private final ApiClient api = new ApiClient();
  private Sandbox sandbox;
  private CloseableHttpClient client;

  @BeforeEach
  void start() throws IOException {
    HttpClientBuilder builder = HttpClientBuilder.create();
    api.configureHttpClient(builder);
    api.open();
    client = builder.build();
    sandbox = Sandbox.start();
  }

  @AfterEach
  void stop() throws IOException {
    api.close();
    client.close();
    sandbox.close();
  }

  private static FileRange range(Path file, long size, Bandwidth.Share share) {
    return new FileRange(
        new ClaimedFile(file, null),
        new Part(1, null, 0, size),
        "video/mp4",
        true,
        null,
        null,
        share);
  }

  private FileRange video(String name, long size, Bandwidth.Share share) throws IOException {
    return range(MediaFiles.write(folder.resolve(name), size), size, share);
  }

  private CompletableFuture<Void> put(FileRange content) {
    return CompletableFuture.runAsync(
        () -> {
          HttpPut put = new HttpPut(sandbox.baseUrl() + "/v2/access/uploads/1");
          put.setHeader("apiKey", Sandbox.KEY);
          put.setHeader("x-connection-id", Sandbox.CONNECTION);
          put.setEntity(content);
          try {
            client.execute(put, response -> response.getCode());
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        },
        task -> new Thread(task).start());
  }

  /** By a clock that goes on only while somebody waits. */
  @Test
  void isWhatAllTogetherSendPerSecond() throws Exception {
    AtomicLong clock = new AtomicLong();
    Bandwidth bandwidth = new Bandwidth(2 * MIB, clock::get, clock::addAndGet);
    video("a.mp4", 3 * MIB, bandwidth.share("a")).writeTo(OutputStream.nullOutputStream());
    video("b.mp4", 3 * MIB, bandwidth.share("b")).writeTo(OutputStream.nullOutputStream());

    assertThat(Duration.ofNanos(clock.get()))
        .isBetween(Duration.ofMillis(2_900), Duration.ofMillis(3_000));
  }

  /** Or what was saved up in a quiet hour would fill the line for as long. */
  @Test
  void isNotSavedUp() throws Exception {
    AtomicLong clock = new AtomicLong();
    Bandwidth bandwidth = new Bandwidth(MIB, clock::get, clock::addAndGet);
    clock.addAndGet(Duration.ofHours(1).toNanos());
    long begun = clock.get();
    video("a.mp4", 2 * MIB, bandwidth.share("a")).writeTo(OutputStream.nullOutputStream());

    assertThat(Duration.ofNanos(clock.get() - begun))
        .isBetween(Duration.ofMillis(1_900), Duration.ofMillis(2_000));
  }

  @Test
  void isSharedFairly() throws Exception {
    Bandwidth bandwidth = new Bandwidth(2 * MIB);
    long begun = System.nanoTime();
    FileRange one = video("a.mp4", MIB, bandwidth.share("a"));
    FileRange other = video("b.mp4", MIB, bandwidth.share("b"));
    CompletableFuture<Void> first = put(one);
    CompletableFuture<Void> second = put(other);

    CompletableFuture.anyOf(first, second).get();
    assertThat(Math.min(one.sent(), other.sent())).isGreaterThan(8L * MIB / 10);
    CompletableFuture.allOf(first, second).get();
    assertThat(System.nanoTime() - begun).isGreaterThan(Duration.ofMillis(900).toNanos());
  }

  @Test
  void isSharedByFilesHoweverManyOfTheirPartsAreSentAtOnce() throws Exception {
    Bandwidth bandwidth = new Bandwidth(2 * MIB);
    FileRange photo = video("a.jpg", MIB / 2, bandwidth.share("a"));
    FileRange part = video("b.mp4", 8 * MIB, bandwidth.share("b"));
    FileRange next = range(folder.resolve("b.mp4"), 8 * MIB, bandwidth.share("b"));
    CompletableFuture<Void> parts = CompletableFuture.allOf(put(part), put(next));

    put(photo).get();
    assertThat(part.sent() + next.sent()).isBetween(MIB * 35L / 100, MIB * 7L / 10);
    api.close();
    assertThatThrownBy(parts::get).isInstanceOf(ExecutionException.class);
  }

  /** It waits for its turn, and not for the API. */
  @Test
  void isNoReasonToTakeAnUploadForStalled() throws Exception {
    CountDownLatch waiting = new CountDownLatch(1);
    CountDownLatch end = new CountDownLatch(1);
    Bandwidth bandwidth =
        new Bandwidth(
            MIB,
            System::nanoTime,
            nanos -> {
              holdUp(waiting, end);
              LockSupport.parkNanos(nanos);
            });
    FileRange content = video("a.mp4", 64 * MIB, bandwidth.share("a"));
    CompletableFuture<Void> upload = put(content);
    waiting.await();

    long before = content.progressAt();
    assertThat(content.progressAt()).isGreaterThan(before);
    assertThat(content.sent()).isLessThan(MIB);
    api.close();
    end.countDown();
    assertThatThrownBy(upload::get).hasCauseInstanceOf(UncheckedIOException.class);
  }

  private static void holdUp(CountDownLatch waiting, CountDownLatch end) {
    waiting.countDown();
    try {
      end.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void doesNotKeepAnUploadFromEndingWithTheProgram() throws Exception {
    FileRange content = video("a.mp4", 64 * MIB, new Bandwidth(MIB / 4).share("a"));
    CompletableFuture<Void> upload = put(content);
    await().until(() -> content.sent() > 0);

    api.close();

    assertThatThrownBy(() -> upload.get(20, TimeUnit.SECONDS))
        .isInstanceOf(ExecutionException.class);
    assertThat(content.sent()).isLessThan(64L * MIB);
  }

  @Test
  void isWaitedForNoLongerByAThreadThatIsInterrupted() throws Exception {
    Bandwidth bandwidth =
        new Bandwidth(MIB, System::nanoTime, nanos -> Thread.currentThread().interrupt());
    FileRange content = video("a.mp4", MIB, bandwidth.share("a"));
    assertThatThrownBy(() -> content.writeTo(OutputStream.nullOutputStream()))
        .isInstanceOf(InterruptedIOException.class);
    assertThat(Thread.interrupted()).isTrue();
  }
}

package io.mediadrop.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mediadrop.drop.Drop;
import io.mediadrop.drop.DropState;
import io.mediadrop.drop.UploadPlan;
import io.mediadrop.lane.DroppedFile;
import io.mediadrop.lane.Places;
import io.mediadrop.media.MediaFiles;
import io.mediadrop.sandbox.Fault;
import io.mediadrop.sandbox.Faults;
import io.mediadrop.sandbox.Route;
import io.mediadrop.sandbox.Sandbox;
import io.mediadrop.sandbox.SandboxOptions;
import io.mediadrop.sandbox.When;
import io.mediadrop.sandbox.Wire;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.apache.hc.client5.http.classic.methods.HttpPut;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.apache.hc.core5.http.message.BasicClassicHttpResponse;
import org.apache.hc.core5.util.Timeout;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SlowApiTest {

  private static final long LARGE = 64 << 20;

  @TempDir Path folder;

  private static void put(CloseableHttpClient client, String url, HttpEntity content)
      throws IOException {
    HttpPut put = new HttpPut(url + "/v2/access/uploads/1");
    put.setHeader("apiKey", Sandbox.KEY);
    put.setHeader("x-connection-id", Sandbox.CONNECTION);
    put.setEntity(content);
    client.execute(put, response -> response.getCode());
  }

  @Test
  void isGivenUpOnceItTakesNoMoreBytes() throws Exception {
    ApiClient api = new ApiClient(Duration.ofSeconds(1));
    HttpClientBuilder builder = HttpClientBuilder.create();
    api.configureHttpClient(builder);
    api.open();
    try (Sandbox sandbox = Sandbox.start();
        CloseableHttpClient client = builder.build()) {
      sandbox.faults().on(When.route(Route.WHOLE), Faults.stallAfter(1 << 20));
      Path file = MediaFiles.write(folder.resolve("a.mp4"), LARGE);
      FileRange content = new FileRange(file, 0, LARGE, "video/mp4");

      assertThatThrownBy(() -> put(client, sandbox.baseUrl(), content))
          .isInstanceOf(IOException.class)
          .hasMessageMatching("the API has taken no byte for 1 s, with \\d+ of 67108864 sent");
    } finally {
      api.close();
    }
  }

  static Stream<HttpEntity> contents() {
    Path file = Path.of("src/main/resources/samples/beach.jpg");
    return Stream.of(
        new FileRange(file, 0, 1000, "image/jpeg"),
        new StringEntity("{}", ContentType.APPLICATION_JSON));
  }

  @ParameterizedTest
  @MethodSource("contents")
  void isGivenUpWhereItsAnswerDoesNotComeToAnEnd(HttpEntity content) throws Exception {
    ApiClient api = new ApiClient(Duration.ofSeconds(1));
    HttpClientBuilder builder = HttpClientBuilder.create();
    api.configureHttpClient(builder);
    api.open();
    try (Sandbox sandbox = Sandbox.start();
        CloseableHttpClient client = builder.build()) {
      sandbox.faults().on(When.route(Route.WHOLE), Faults.trickledAnswer(5));

      assertThatThrownBy(() -> put(client, sandbox.baseUrl(), content))
          .isInstanceOf(IOException.class)
          .hasMessage("the API's answer was not whole after 1 s");
    } finally {
      api.close();
    }
  }

  @Test
  void isNotBlamedForTheTimeThatTheContentHasWaitedForTheCall() {
    StallWatch watch = new StallWatch(Duration.ofSeconds(2));
    FileRange content = new FileRange(Path.of("a.mp4"), 0, LARGE, "video/mp4");
    AtomicBoolean cancelled = new AtomicBoolean();
    LockSupport.parkNanos(Duration.ofMillis(2100).toNanos());
    watch.over(content, () -> cancelled.compareAndSet(false, true));
    LockSupport.parkNanos(Duration.ofMillis(1200).toNanos());
    assertThat(cancelled).isFalse();
    watch.stop();
  }

  @Test
  void isNotGivenUpWhileItStillTakesBytes() throws Exception {
    ApiClient api = new ApiClient(Duration.ofSeconds(1));
    HttpClientBuilder builder = HttpClientBuilder.create();
    api.configureHttpClient(builder);
    api.open();
    try (Sandbox sandbox = Sandbox.start(SandboxOptions.defaults());
        CloseableHttpClient client = builder.build()) {
      sandbox.faults().on(When.route(Route.WHOLE), leisurely());
      Path file = MediaFiles.write(folder.resolve("a.mp4"), 24 << 20);
      FileRange content = new FileRange(file, 0, 24 << 20, "video/mp4");

      put(client, sandbox.baseUrl(), content);

      assertThat(content.md5()).isNotNull();
    } finally {
      api.close();
    }
  }

  /** Rests after each 4 MiB, all in all for longer than the patience. */
  private static Fault leisurely() {
    return new Fault() {
      @Override
      public InputStream reading(InputStream body, Wire wire) {
        return new FilterInputStream(body) {
          private long taken;

          @Override
          public int read(byte[] buffer, int offset, int length) throws IOException {
            int read = super.read(buffer, offset, length);
            if (read > 0 && taken >> 22 < (taken += read) >> 22) {
              LockSupport.parkNanos(Duration.ofMillis(300).toNanos());
            }
            return read;
          }
        };
      }
    };
  }

  @Test
  void isGivenMoreTimeToAnswerForALargerFile() throws Exception {
    assertThat(timeToAnswer(content(1))).isEqualTo(Duration.ofSeconds(60));
    assertThat(timeToAnswer(content(4L << 30))).isEqualTo(Duration.ofSeconds(60 + 1024));
  }

  private static FileRange content(long size) {
    return new FileRange(Path.of("a.mp4"), 0, size, "video/mp4");
  }

  @Test
  void isGivenMoreTimeToPutTheManyPartsOfALargerFileTogether() throws Exception {
    UploadApi api = new UploadApi();
    api.setBaseUrl("http://127.0.0.1:1");
    api.open();
    ApiCalls calls = new ApiCalls();
    calls.setApi(api);
    calls.setPlaces(new Places());
    calls.setJson(AnswerJson.mapper());
    Drop large = drop(4L << 30);
    DroppedFile file = new DroppedFile(null, large.source(), null, Duration.ZERO);
    PartsToSend parts = new PartsToSend(large, null, 1, List.of());
    assertThat(timeToAnswer(contentOf(calls.complete(large, parts, null, file))))
        .isEqualTo(Duration.ofSeconds(60 + 1024));
    assertThat(timeToAnswer(contentOf(calls.session(large, file))))
        .isEqualTo(Duration.ofSeconds(60));
  }

  private static HttpEntity contentOf(ApiCall call) {
    return (HttpEntity) call.content();
  }

  private static Drop drop(long size) {
    return new Drop(
        1,
        "default",
        "connection",
        Path.of("a.mp4"),
        "a.mp4",
        size,
        1,
        DropState.COMPLETING,
        1,
        0,
        null,
        new UploadPlan("u1", false, List.of(), "http://127.0.0.1:1/complete", 0),
        null,
        false,
        null,
        1);
  }

  private static Duration timeToAnswer(HttpEntity content) throws IOException {
    ApiClient api = new ApiClient();
    HttpClientBuilder builder = HttpClientBuilder.create();
    AtomicReference<Timeout> given = new AtomicReference<>();
    api.configureHttpClient(builder);
    builder.addExecInterceptorAfter(
        "guard",
        "look",
        (request, scope, chain) -> {
          given.set(scope.clientContext.getRequestConfigOrDefault().getResponseTimeout());
          return new BasicClassicHttpResponse(503);
        });
    try (CloseableHttpClient client = builder.build()) {
      put(client, "http://127.0.0.1:1", content);
      return given.get().toDuration();
    }
  }
}

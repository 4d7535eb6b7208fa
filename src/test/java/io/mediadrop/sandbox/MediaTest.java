package io.mediadrop.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MediaTest {
  private static final String VAULT = "/v2/access/vault/media?sortBy=recent&sortDirection=desc";

  private static Sandbox start(MediaBehaviour behaviour) throws Exception {
    return Sandbox.start(SandboxOptions.defaults().withMedia(behaviour));
  }

  private static JsonNode upload(Sandbox sandbox) throws Exception {
    return Caller.of(sandbox).upload("a.mp4", "video/mp4", new byte[3]).json();
  }

  private static JsonNode listed(Sandbox sandbox) throws Exception {
    return Caller.of(sandbox).get(VAULT).json().path("list").path(0);
  }

  @Test
  void isReadyInTheFinalAnswer() throws Exception {
    try (Sandbox sandbox = Sandbox.start()) {
      JsonNode media = upload(sandbox).path("media");

      assertThat(media.path("id").isIntegralNumber()).isTrue();
      assertThat(media.path("type").asText()).isEqualTo("video");
      assertThat(media.path("isReady").asBoolean()).isTrue();
      assertThat(media.path("hasError").asBoolean()).isFalse();
      assertThat(media.path("createdAt").asText()).endsWith("+00:00");
      assertThat(media.path("duration").asInt()).isPositive();
      assertThat(media.path("releaseForms").isArray()).isTrue();
      assertThat(media.path("videoSources").has("240")).isTrue();
      JsonNode files = media.path("files");
      assertThat(files.path("full").path("sources")).isNotEmpty();
      assertThat(files.path("preview").path("options")).isNotEmpty();
      assertThat(files.has("thumb")).isTrue();
      assertThat(files.has("squarePreview")).isTrue();
    }
  }

  @Test
  void servesTheUrlsItNames() throws Exception {
    try (Sandbox sandbox = Sandbox.start()) {
      String url = upload(sandbox).at("/media/files/full/url").asText();

      assertThat(Caller.with(sandbox).get(url).status()).isEqualTo(200);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "image/jpeg, photo",
    "image/gif, gif",
    "video/mp4, video",
    "audio/mpeg, audio",
    "application/x-unknown, photo",
  })
  void takesItsTypeFromTheContentType(String contentType, String type) throws Exception {
    try (Sandbox sandbox = Sandbox.start()) {
      JsonNode reply = Caller.of(sandbox).upload("a", contentType, new byte[1]).json();

      assertThat(reply.path("media").path("type").asText()).isEqualTo(type);
    }
  }

  @Test
  void becomesReadyAfterSomePolls() throws Exception {
    try (Sandbox sandbox = start(MediaBehaviour.atOnce().ready(Due.afterPolls(2)).untyped())) {
      JsonNode media = upload(sandbox).path("media");

      assertThat(media.path("isReady").asBoolean()).isFalse();
      assertThat(media.has("type")).isFalse();
      assertThat(media.at("/files/full/url").isNull()).isTrue();
      assertThat(media.at("/files/full/size").asInt()).isZero();
      assertThat(media.at("/files/thumb").isNull()).isTrue();
      assertThat(listed(sandbox).path("isReady").asBoolean()).isFalse();
      assertThat(listed(sandbox).path("isReady").asBoolean()).isTrue();
    }
  }

  @Test
  void becomesReadyAfterSomeTime() throws Exception {
    HandClock clock = new HandClock();
    MediaBehaviour slow = MediaBehaviour.atOnce().ready(Due.after(Duration.ofSeconds(20)));
    try (Sandbox sandbox =
        Sandbox.start(SandboxOptions.defaults().withClock(clock).withMedia(slow))) {
      assertThat(upload(sandbox).path("media").path("isReady").asBoolean()).isFalse();
      clock.advance(Duration.ofSeconds(20));
      assertThat(listed(sandbox).path("isReady").asBoolean()).isTrue();
    }
  }

  @Test
  void isAbsentAtFirstAndAppearsInTheVault() throws Exception {
    try (Sandbox sandbox = start(MediaBehaviour.atOnce().present(Due.afterPolls(2)))) {
      assertThat(upload(sandbox).has("media")).isFalse();
      assertThat(listed(sandbox).isMissingNode()).isTrue();
      assertThat(listed(sandbox).path("id").asLong()).isEqualTo(sandbox.uploads().get(0).mediaId());
    }
  }

  @Test
  void isAbsentUntilVaultUploadOrUse() throws Exception {
    try (Sandbox sandbox = start(MediaBehaviour.atOnce().present(Due.onceUsed()))) {
      Caller caller = Caller.of(sandbox);
      assertThat(upload(sandbox).has("media")).isFalse();
      assertThat(listed(sandbox).isMissingNode()).isTrue();

      String body =
          "{'filename':'b','size':1,'contentType':'image/png','vaultUpload':{'userId':'1'}}";
      JsonNode session = caller.post("/v2/access/uploads/init", body).json();
      JsonNode reply = caller.putWhole(session.path("mediaUploadId").asText(), new byte[1]).json();
      assertThat(reply.has("media")).isTrue();
    }
  }

  @Test
  void isAbsentForEver() throws Exception {
    try (Sandbox sandbox = start(MediaBehaviour.atOnce().present(Due.never()))) {
      assertThat(upload(sandbox).has("media")).isFalse();
      assertThat(listed(sandbox).isMissingNode()).isTrue();
    }
  }

  @Test
  void endsWithAnErrorForTheChosenFiles() throws Exception {
    SandboxOptions options =
        SandboxOptions.defaults()
            .withMedia(
                name ->
                    name.startsWith("broken")
                        ? MediaBehaviour.atOnce().failing()
                        : MediaBehaviour.atOnce());
    try (Sandbox sandbox = Sandbox.start(options)) {
      Caller caller = Caller.of(sandbox);
      JsonNode broken = caller.upload("broken.jpg", "image/jpeg", new byte[1]).json();
      JsonNode good = caller.upload("good.jpg", "image/jpeg", new byte[2]).json();

      assertThat(broken.at("/media/hasError").asBoolean()).isTrue();
      assertThat(broken.at("/media/isReady").asBoolean()).isFalse();
      assertThat(good.at("/media/hasError").asBoolean()).isFalse();
    }
  }

  @Test
  void carriesOdditiesOnRequest() throws Exception {
    try (Sandbox sandbox = start(MediaBehaviour.atOnce().oddly())) {
      JsonNode media = upload(sandbox).path("media");

      assertThat(media.path("type").asText()).isEqualTo("hologram");
      assertThat(media.path("duration").isNull()).isTrue();
      assertThat(media.path("views").isBigInteger()).isTrue();
      assertThat(media.has("aiLabels")).isTrue();
    }
  }
}

package io.mediadrop.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UploadReferenceTest {

  private static Caller.Reply post(Caller caller, String item) throws Exception {
    return caller.post("/v2/access/posts", "{'mediaItems':[" + item + "]}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/v2/access/posts", "/v2/access/chats/42/messages"})
  void isUsedOnce(String path) throws Exception {
    try (Sandbox sandbox = Sandbox.start()) {
      Caller caller = Caller.of(sandbox);
      caller.upload("a.jpg", "image/jpeg", new byte[1]);
      String body = "{'mediaItems':['" + sandbox.uploads().get(0).mediaUploadId() + "']}";

      assertThat(caller.post(path, body).status()).isEqualTo(200);
      var second = caller.post(path, body);
      assertThat(second.status()).isEqualTo(400);
      assertThat(second.type()).isEqualTo("BAD_REQUEST");
    }
  }

  @Test
  void isRefusedUntilFinishedAndReady() throws Exception {
    MediaBehaviour slow = MediaBehaviour.atOnce().ready(Due.afterPolls(1));
    try (Sandbox sandbox = Sandbox.start(SandboxOptions.defaults().withMedia(slow))) {
      Caller caller = Caller.of(sandbox);
      String id = caller.open(1);
      assertThat(post(caller, "'" + id + "'").status()).isEqualTo(400);

      caller.putWhole(id, new byte[1]);
      assertThat(post(caller, "'" + id + "'").status()).isEqualTo(400);

      caller.get("/v2/access/vault/media");
      assertThat(post(caller, "'" + id + "'").status()).isEqualTo(200);
    }
  }

  @Test
  void mayStandBesideNumbersAndUrls() throws Exception {
    try (Sandbox sandbox = Sandbox.start()) {
      Caller caller = Caller.of(sandbox);
      caller.upload("a.jpg", "image/jpeg", new byte[1]);
      long id = sandbox.uploads().get(0).mediaId();

      assertThat(post(caller, id + ",'" + id + "','https://example.com/a.jpg'").status())
          .isEqualTo(200);
      assertThat(post(caller, "'nonsense'").status()).isEqualTo(400);
      assertThat(post(caller, "1").status()).isEqualTo(400);
    }
  }
}

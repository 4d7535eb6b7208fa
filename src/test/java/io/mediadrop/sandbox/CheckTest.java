package io.mediadrop.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CheckTest {
  private static final byte[] TEN = Caller.pattern(10);

  private static boolean found(Caller caller, String etag, long size) throws Exception {
    return caller.check(etag, size).json().path("exists").asBoolean();
  }

  private static SandboxOptions findable(Due due) {
    return SandboxOptions.defaults().withMedia(MediaBehaviour.atOnce().findable(due));
  }

  @Test
  void findsAWholeUploadByMd5AndSize() throws Exception {
    try (Sandbox sandbox = Sandbox.start()) {
      Caller caller = Caller.of(sandbox);
      caller.upload("a.jpg", "image/jpeg", TEN);
      Upload upload = sandbox.uploads().get(0);

      var reply = caller.check(upload.md5(), 10).json();
      assertThat(reply.path("exists").asBoolean()).isTrue();
      assertThat(reply.path("media").path("id").asLong()).isEqualTo(upload.mediaId());
      assertThat(found(caller, "\"" + upload.md5() + "\"", 10)).isTrue();
      assertThat(found(caller, upload.md5(), 11)).isFalse();
      assertThat(found(caller, "0" + upload.md5().substring(1), 10)).isFalse();
      assertThat(caller.check("x", 10).json().has("media")).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void findsAMultipartUploadByTheChosenForm(boolean ofParts) throws Exception {
    EtagForm form = ofParts ? EtagForm.OF_PARTS : EtagForm.OF_WHOLE;
    try (Sandbox sandbox =
        Sandbox.start(SandboxOptions.defaults().withPartSize(5).withEtagForm(form))) {
      Caller caller = Caller.of(sandbox);
      String id = caller.open(10);
      caller.putPart(id, 1, Caller.slice(TEN, 0, 4));
      caller.putPart(id, 2, Caller.slice(TEN, 5, 9));
      caller.complete(id);

      Upload upload = sandbox.uploads().get(0);
      assertThat(upload.etag()).matches(ofParts ? "[0-9a-f]{32}-2" : "[0-9a-f]{32}");
      assertThat(found(caller, upload.etag(), 10)).isTrue();
      assertThat(found(caller, upload.md5(), 10)).isEqualTo(!ofParts);
    }
  }

  @Test
  void findsNothingOfOtherConnections() throws Exception {
    SandboxOptions two =
        SandboxOptions.defaults().withConnection("k", "conn_a").withConnection("k", "conn_b");
    try (Sandbox sandbox = Sandbox.start(two)) {
      Caller.as(sandbox, "k", "conn_a").upload("a.jpg", "image/jpeg", TEN);
      String md5 = sandbox.uploads().get(0).md5();

      assertThat(found(Caller.as(sandbox, "k", "conn_b"), md5, 10)).isFalse();
    }
  }

  @Test
  void findsItAfterADelayOrNeverOrOnceUsed() throws Exception {
    HandClock clock = new HandClock();
    try (Sandbox late =
            Sandbox.start(findable(Due.after(Duration.ofSeconds(30))).withClock(clock));
        Sandbox never = Sandbox.start(findable(Due.never()));
        Sandbox used = Sandbox.start(findable(Due.onceUsed()))) {
      for (Sandbox sandbox : new Sandbox[] {late, never, used}) {
        Caller.of(sandbox).upload("a.jpg", "image/jpeg", TEN);
        assertThat(found(Caller.of(sandbox), sandbox.uploads().get(0).md5(), 10)).isFalse();
      }
      String md5 = late.uploads().get(0).md5();
      clock.advance(Duration.ofSeconds(30));
      assertThat(found(Caller.of(late), md5, 10)).isTrue();

      String id = used.uploads().get(0).mediaUploadId();
      Caller.of(used).post("/v2/access/posts", "{'mediaItems':['" + id + "']}");
      assertThat(found(Caller.of(used), md5, 10)).isTrue();
      assertThat(found(Caller.of(never), md5, 10)).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{}", "{'etag':'','size':1}", "{'etag':'x','size':0}", "{'etag':'x','size':'1'}"})
  void refusesWhatTheSchemaForbids(String body) throws Exception {
    try (Sandbox sandbox = Sandbox.start()) {
      assertThat(Caller.of(sandbox).post("/v2/access/uploads/check", body).status()).isEqualTo(400);
    }
  }
}

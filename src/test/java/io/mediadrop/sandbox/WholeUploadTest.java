package io.mediadrop.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WholeUploadTest {
  private static final byte[] HELLO = "hello".getBytes(StandardCharsets.UTF_8);
  private static final String MD5 = "5d41402abc4b2a76b9719d911017c592";
  private static final String SHA256 =
      "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824";

  @Test
  void finishesWithOnePut() throws Exception {
    try (Sandbox sandbox = Sandbox.start()) {
      Caller caller = Caller.of(sandbox);
      String id = caller.init("a.jpg", 5, "image/jpeg").json().path("mediaUploadId").asText();
      var reply = caller.putWhole(id, HELLO);

      assertThat(reply.status()).isEqualTo(200);
      assertThat(reply.json().path("mediaUploadId").asText()).isEqualTo(id);
      assertThat(reply.json().has("partNumber")).isFalse();
      Upload upload = sandbox.uploads().get(0);
      assertThat(upload.md5()).isEqualTo(MD5);
      assertThat(upload.sha256()).isEqualTo(SHA256);
      assertThat(upload.name()).isEqualTo("a.jpg");
      assertThat(upload.size()).isEqualTo(5);
      assertThat(upload.contentType()).isEqualTo("image/jpeg");
      assertThat(upload.connection()).isEqualTo(Sandbox.CONNECTION);
      assertThat(upload.mediaUploadId()).isEqualTo(id);
      assertThat(upload.whole()).isTrue();
      assertThat(reply.json().path("media").path("id").asLong()).isEqualTo(upload.mediaId());
      assertThat(sandbox.openSessions()).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({"SHA256_AND_MD5, true, true", "MD5, false, true", "OFF, false, false"})
  void hashesAsFarAsWanted(Hashing hashing, boolean sha256, boolean md5) throws Exception {
    try (Sandbox sandbox = Sandbox.start(SandboxOptions.defaults().withHashing(hashing))) {
      Caller.of(sandbox).upload("a.jpg", "image/jpeg", HELLO);

      Upload upload = sandbox.uploads().get(0);
      assertThat(upload.sha256() != null).isEqualTo(sha256);
      assertThat(upload.md5() != null).isEqualTo(md5);
      assertThat(upload.size()).isEqualTo(5);
    }
  }

  @Test
  void takesARawColonUnlessToldOtherwise() throws Exception {
    try (Sandbox lenient = Sandbox.start();
        Sandbox strict = Sandbox.start(SandboxOptions.defaults().withRawColon(false))) {
      assertThat(putRaw(lenient).status()).isEqualTo(200);
      assertThat(putRaw(strict).type()).isEqualTo("ROUTE_NOT_FOUND");
      assertThat(Caller.of(strict).upload("a.jpg", "image/jpeg", HELLO).status()).isEqualTo(200);
    }
  }

  private static Caller.Reply putRaw(Sandbox sandbox) throws Exception {
    Caller caller = Caller.of(sandbox);
    return caller.put("/v2/access/uploads/" + caller.open(5), HELLO);
  }

  @Test
  void keepsTheOrderOfUploads() throws Exception {
    try (Sandbox sandbox = Sandbox.start()) {
      for (String name : new String[] {"c", "a", "b"}) {
        Caller.of(sandbox).upload(name, "image/jpeg", HELLO);
      }
      assertThat(sandbox.uploads()).extracting(Upload::name).containsExactly("c", "a", "b");
    }
  }

  @Test
  void notesEveryCall() throws Exception {
    try (Sandbox sandbox = Sandbox.start()) {
      Caller.of(sandbox).upload("a.jpg", "image/jpeg", HELLO);

      Call put = sandbox.calls().get(1);
      assertThat(sandbox.calls()).extracting(Call::route).containsExactly(Route.INIT, Route.WHOLE);
      assertThat(put.number()).isEqualTo(2);
      assertThat(put.method()).isEqualTo("PUT");
      assertThat(put.path()).contains("upload%3A");
      assertThat(put.status()).isEqualTo(200);
      assertThat(put.connection()).isEqualTo(Sandbox.CONNECTION);
      assertThat(put.headerNames()).contains("apiKey", "x-connection-id");
      assertThat(put.bytesReceived()).isEqualTo(5);
      assertThat(put.endNanos()).isGreaterThan(put.startNanos());
    }
  }
}

package io.mediadrop.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InitTest {
  private static final String INIT = "/v2/access/uploads/init";
  private static final String OLD_NAMES =
      "{'filename':'a.jpg','filesize':3,'mimeType':'image/jpeg'}";

  @ParameterizedTest
  @ValueSource(
      strings = {
        OLD_NAMES,
        "{'filename':'a.jpg','size':3,'contentType':'image/jpeg','vaultUpload':null}",
        "{'filename':'a.jpg','size':3,'contentType':'image/jpeg','vaultUpload':{'mode':'post'}}",
        "{'filename':'a.jpg','size':3,'contentType':'image/jpeg','vaultUpload':{'userId':''}}",
        "{'filename':'a.jpg','size':0,'contentType':'image/jpeg'}",
        "{'filename':'a.jpg','size':-1,'contentType':'image/jpeg'}",
        "{'filename':'a.jpg','size':'3','contentType':'image/jpeg'}",
        "{'filename':'a.jpg','size':3.5,'contentType':'image/jpeg'}",
        "{'filename':'','size':3,'contentType':'image/jpeg'}",
        "{'filename':'a.jpg','size':3,'contentType':''}",
        "{'size':3,'contentType':'image/jpeg'}",
        "{'filename':'a.jpg','size':3}",
        "{'filename':'a.jpg'",
        "[]",
        ""
      })
  void refusesWhatTheSchemaForbids(String body) throws Exception {
    try (Sandbox sandbox = Sandbox.start()) {
      var reply = Caller.of(sandbox).post(INIT, body);

      assertThat(reply.status()).isEqualTo(400);
      assertThat(reply.type()).isEqualTo("BAD_REQUEST");
      assertThat(reply.json().path("requestId").asText()).startsWith("req_");
      assertThat(sandbox.openSessions()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{'userId':'123'}", "{'userId':null}", "{'mode':'message'}"})
  void takesVaultUploadAsAnObject(String vaultUpload) throws Exception {
    try (Sandbox sandbox = Sandbox.start()) {
      var reply =
          Caller.of(sandbox)
              .post(
                  INIT,
                  "{'filename':'a.jpg','size':3,'contentType':'image/jpeg','vaultUpload':%s}"
                      .formatted(vaultUpload));

      assertThat(reply.status()).isEqualTo(200);
    }
  }

  @Test
  void takesTheOldNamesWhenLegacy() throws Exception {
    try (Sandbox sandbox = Sandbox.start(SandboxOptions.defaults().withLegacyInit(true))) {
      assertThat(Caller.of(sandbox).post(INIT, OLD_NAMES).status()).isEqualTo(200);
      assertThat(sandbox.openSessions()).extracting(OpenSession::size).containsExactly(3L);
    }
  }

  @Test
  void takesSizesBeyondThirtyTwoBits() throws Exception {
    try (Sandbox sandbox = Sandbox.start()) {
      var plan = Caller.of(sandbox).init("big.mp4", 6L << 30, "video/mp4").json();

      assertThat(plan.path("totalParts").asInt()).isEqualTo(1229);
      assertThat(plan.path("parts").path(1228).path("byteRange").path("end").asLong())
          .isEqualTo((6L << 30) - 1);
    }
  }
}

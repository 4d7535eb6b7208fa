package io.mediadrop.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

class ErrorBodyTest {

  private static JsonNode error(ErrorProfile profile) throws Exception {
    try (Sandbox sandbox = Sandbox.start(SandboxOptions.defaults().withErrors(profile))) {
      return Caller.with(sandbox).get("/v2/account/whoami").json();
    }
  }

  @Test
  void carriesTypeAndRequestId() throws Exception {
    assertThat(error(ErrorProfile.TYPE).fieldNames())
        .toIterable()
        .containsExactly("error", "type", "requestId");
  }

  @Test
  void carriesCodeAndDetailsInTheOldestForm() throws Exception {
    JsonNode body = error(ErrorProfile.CODE);

    assertThat(body.fieldNames()).toIterable().containsExactly("error", "code", "details");
    assertThat(body.path("code").asText()).isEqualTo("AUTH_INVALID_KEY");
  }

  @Test
  void carriesTheTextAloneInTheBareForm() throws Exception {
    assertThat(error(ErrorProfile.BARE).fieldNames()).toIterable().containsExactly("error");
  }
}

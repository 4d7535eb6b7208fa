package io.mediadrop.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

class AccountTest {

  @Test
  void tellsTheKeyWhoItIs() throws Exception {
    try (Sandbox sandbox = Sandbox.start()) {
      JsonNode me = Caller.with(sandbox, "apiKey", Sandbox.KEY).get("/v2/account/whoami").json();

      assertThat(me.path("id").asText()).isNotEmpty();
      assertThat(me.path("permissions").toString()).contains("vault:write");
    }
  }

  @Test
  void listsTheConnectionsOfTheKeyWithTheirState() throws Exception {
    SandboxOptions options =
        SandboxOptions.defaults()
            .withConnection("k", "conn_a")
            .withConnection("k", "conn_b")
            .withConnection("other", "conn_c");
    try (Sandbox sandbox = Sandbox.start(options)) {
      sandbox.connection("conn_b").expire();
      Caller caller = Caller.with(sandbox, "apiKey", "k");
      JsonNode all = caller.get("/v2/account/connections").json();

      assertThat(all.path("list")).hasSize(2);
      assertThat(all.at("/list/0/status").asText()).isEqualTo("active");
      assertThat(all.at("/list/1/status").asText()).isEqualTo("expired");
      assertThat(all.path("hasMore").asBoolean()).isFalse();
      JsonNode expired = caller.get("/v2/account/connections?status=expired&limit=1").json();
      assertThat(expired.at("/list/0/id").asText()).isEqualTo("conn_b");
    }
  }
}

package io.mediadrop.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CredentialsTest {
  private static final SandboxOptions TWO_KEYS =
      SandboxOptions.defaults()
          .withConnection("key_a", "conn_a")
          .withConnection("key_b", "conn_b")
          .withConnection("key_b", "conn_reader", Permission.READ);

  @ParameterizedTest
  @ValueSource(strings = {"apiKey", "apikey", "APIKEY"})
  void takesTheKeyInAnyCase(String name) throws Exception {
    try (Sandbox sandbox = Sandbox.start()) {
      Caller caller =
          Caller.with(sandbox, name, Sandbox.KEY, "X-Connection-ID", Sandbox.CONNECTION);

      assertThat(caller.init("a.jpg", 1, "image/jpeg").status()).isEqualTo(200);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "wrong, conn_a, 401, UNAUTHORIZED",
    "key_a, conn_x, 401, SESSION_NOT_PROVIDED",
    "key_a, conn_b, 401, SESSION_NOT_PROVIDED",
    "key_b, conn_reader, 403, FORBIDDEN",
  })
  void refusesWithTheDocumentedType(String key, String connection, int status, String type)
      throws Exception {
    try (Sandbox sandbox = Sandbox.start(TWO_KEYS)) {
      var reply = Caller.as(sandbox, key, connection).init("a.jpg", 1, "image/jpeg");

      assertThat(reply.status()).isEqualTo(status);
      assertThat(reply.type()).isEqualTo(type);
      assertThat(reply.json().path("requestId").asText()).startsWith("req_");
      assertThat(reply.json().path("error").asText()).isNotEmpty();
    }
  }

  @Test
  void refusesCallsWithoutKeyOrConnection() throws Exception {
    try (Sandbox sandbox = Sandbox.start(TWO_KEYS)) {
      assertThat(Caller.with(sandbox).init("a.jpg", 1, "image/jpeg").type())
          .isEqualTo("UNAUTHORIZED");
      assertThat(Caller.with(sandbox, "apiKey", "key_a").init("a.jpg", 1, "image/jpeg").type())
          .isEqualTo("SESSION_NOT_PROVIDED");
    }
  }

  @Test
  void refusesAnExpiredConnectionUntilItIsReconnected() throws Exception {
    try (Sandbox sandbox = Sandbox.start(TWO_KEYS)) {
      Caller alice = Caller.as(sandbox, "key_a", "conn_a");
      sandbox.connection("conn_a").expire();

      var refused = alice.init("a.jpg", 1, "image/jpeg");
      assertThat(refused.status()).isEqualTo(401);
      assertThat(refused.type()).isEqualTo("SESSION_EXPIRED");
      assertThat(refused.json().path("actionRequired").asText()).isEqualTo("refresh_session");
      assertThat(Caller.as(sandbox, "key_b", "conn_b").init("b", 1, "image/png").status())
          .isEqualTo(200);

      sandbox.connection("conn_a").reconnect();
      assertThat(alice.init("a.jpg", 1, "image/jpeg").status()).isEqualTo(200);
    }
  }

  @Test
  void expiresBetweenTwoPartsAndGoesOnAfterReconnection() throws Exception {
    try (Sandbox sandbox = Sandbox.start(SandboxOptions.defaults().withPartSize(4))) {
      Caller caller = Caller.of(sandbox);
      String id = caller.open(8);
      assertThat(caller.putPart(id, 1, new byte[4]).status()).isEqualTo(200);

      sandbox.connection(Sandbox.CONNECTION).expire();
      assertThat(caller.putPart(id, 2, new byte[4]).type()).isEqualTo("SESSION_EXPIRED");

      sandbox.connection(Sandbox.CONNECTION).reconnect();
      assertThat(caller.putPart(id, 2, new byte[4]).status()).isEqualTo(200);
      assertThat(caller.complete(id).status()).isEqualTo(200);
    }
  }

  @Test
  void changesPermissionsWhileRunning() throws Exception {
    try (Sandbox sandbox = Sandbox.start()) {
      sandbox.connection(Sandbox.CONNECTION).allow(Permission.WRITE);

      assertThat(Caller.of(sandbox).get("/v2/access/vault/media").type()).isEqualTo("FORBIDDEN");
      assertThat(Caller.of(sandbox).init("a.jpg", 1, "image/jpeg").status()).isEqualTo(200);
    }
  }

  @Test
  void takesAnyCredentialsOnRequest() throws Exception {
    try (Sandbox sandbox = Sandbox.start(SandboxOptions.defaults().withAnyCredentials(true))) {
      assertThat(Caller.as(sandbox, "k", "c").init("a.jpg", 1, "image/jpeg").status())
          .isEqualTo(200);
      assertThat(Caller.with(sandbox).init("a.jpg", 1, "image/jpeg").status()).isEqualTo(401);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /v2/access/uploads/init",
    "POST, /v1/access/uploads/init",
    "PUT, /v2/access/uploads/a/b/c/d",
    "GET, /",
    "DELETE, /v2/access/uploads/upload%3Ax",
  })
  void knowsNoOtherRoutes(String method, String path) throws Exception {
    try (Sandbox sandbox = Sandbox.start()) {
      var reply = Caller.of(sandbox).send(method, path, new byte[0]);

      assertThat(reply.status()).isEqualTo(404);
      assertThat(reply.type()).isEqualTo("ROUTE_NOT_FOUND");
    }
  }
}

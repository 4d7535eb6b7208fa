package io.mediadrop.routes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** A call to the API: what goes out with it, and what goes no further. */
class CallApiRouteTest extends ShippedRoutes {

  @Test
  void bearsKeyAndConnectionOfItsLane() throws Exception {
    start("apiKey", "sk_alice", "connectionId", "conn_a");
    drop("a.jpg", 1_000);
    await("subscriber", 1);

    assertThat(api.calls())
        .hasSize(2)
        .allSatisfy(
            call ->
                assertThat(call.headers())
                    .containsEntry("apiKey", "sk_alice")
                    .containsEntry("x-connection-id", "conn_a"));
  }

  @Test
  void bearsNothingElseThatThePeerWouldSee() throws Exception {
    start();
    drop("a.jpg", 1_000);
    await("subscriber", 1);

    assertThat(api.calls())
        .allSatisfy(
            call ->
                assertThat(call.headers().keySet())
                    .containsExactlyInAnyOrder(
                        "apiKey",
                        "x-connection-id",
                        "Content-Type",
                        "CamelHttpMethod",
                        "CamelHttpUri"));
  }

  @Test
  void leavesNoCredentialsForArchiveAndSubscribers() throws Exception {
    start();
    drop("a.jpg", 1_000);
    await("subscriber", 1);
    patiently().until(() -> mock("archive").getReceivedCounter() >= 2);

    for (String elsewhere : new String[] {"archive", "subscriber"}) {
      assertThat(received(elsewhere))
          .allSatisfy(
              exchange -> {
                assertThat(exchange.getMessage().getHeaders())
                    .doesNotContainKeys("apiKey", "x-connection-id");
                assertThat(exchange.getMessage().getBody(String.class))
                    .doesNotContain(KEY, CONNECTION);
              });
    }
  }

  @Test
  void isRepeatedAfterAPassingFailure() throws Exception {
    api.next(ScriptedApi.INIT, 503, "{\"error\":\"busy\"}");
    start();
    drop("a.jpg", 1_000);
    await("subscriber", 1);

    assertThat(api.lines()).containsExactly(ScriptedApi.INIT, ScriptedApi.INIT, ScriptedApi.PUT);
  }

  @Test
  void isRepeatedWithTheSameHeaders() throws Exception {
    api.next(
        ScriptedApi.INIT, 429, "{\"type\":\"RATE_LIMIT_EXCEEDED\"}", Map.of("Retry-After", "0"));
    start();
    drop("a.jpg", 1_000);
    await("subscriber", 1);

    assertThat(api.calls().get(1).headers()).isEqualTo(api.calls().get(0).headers());
    assertThat(api.calls().get(1).body()).isEqualTo(api.calls().get(0).body());
  }

  @Test
  void isNotRepeatedWhenTheFileIsRefused() throws Exception {
    api.usually(ScriptedApi.INIT, 422, "{\"error\":\"no such kind\"}");
    start();
    drop("a.jpg", 1_000);
    await("subscriber", 1);

    assertThat(api.lines()).containsExactly(ScriptedApi.INIT);
    assertThat(received("subscriber").get(0).getMessage().getBody(String.class))
        .contains("file.failed", "no such kind");
  }

  @Test
  void isRepeatedWhenItsAnswerIsNoJson() throws Exception {
    api.next(ScriptedApi.INIT, 200, "<html>not the API</html>");
    start();
    drop("a.jpg", 1_000);
    await("subscriber", 1);

    assertThat(api.lines())
        .startsWith(ScriptedApi.INIT, ScriptedApi.INIT)
        .endsWith(ScriptedApi.PUT);
  }
}

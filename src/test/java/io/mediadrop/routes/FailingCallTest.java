package io.mediadrop.routes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** A call that fails: its file bears the consequences, and no other. */
class FailingCallTest extends ShippedRoutes {

  /** Lets a first file fail, and a second one come after it. */
  private void deliverBoth() throws Exception {
    start("concurrency", "1");
    drop("bad.jpg", 1_000);
    patiently().until(() -> !api.lines().isEmpty());
    drop("good.png", 1_000);
    await("subscriber", 2);
  }

  private List<String> events() {
    return received("subscriber").stream()
        .map(exchange -> exchange.getMessage().getBody(String.class))
        .toList();
  }

  private void assertThatOnlyTheFirstFailed(String why) {
    assertThat(events())
        .anySatisfy(event -> assertThat(event).contains("file.failed", "\"file\":\"bad.jpg\"", why))
        .anySatisfy(event -> assertThat(event).contains("media.uploaded", "\"file\":\"good.png\""));
    assertThat(home.resolve("failed/alice/bad.jpg.reason.txt")).content().contains(why);
  }

  @Test
  void failsItsFileWhenItAsksForASession() throws Exception {
    api.next(ScriptedApi.INIT, 400, "{\"error\":\"no session for you\"}");
    deliverBoth();

    assertThatOnlyTheFirstFailed("no session for you");
  }

  @Test
  void failsItsFileWhenItSendsTheWholeOfIt() throws Exception {
    api.next(ScriptedApi.PUT, 422, "{\"error\":\"no such content\"}");
    deliverBoth();

    assertThatOnlyTheFirstFailed("no such content");
    // a refusal is believed once the API was asked
    assertThat(api.lines()).filteredOn(ScriptedApi.CHECK::equals).hasSize(2);
  }

  @Test
  void failsItsFileWhenItSendsAPart() throws Exception {
    api.planParts(3, 1_000);
    api.next(ScriptedApi.part(2), 413, "{\"error\":\"too large a part\"}");
    deliverBoth();

    assertThatOnlyTheFirstFailed("too large a part");
    assertThat(api.lines()).filteredOn(ScriptedApi.COMPLETE::equals).hasSize(1);
  }

  @Test
  void failsItsFileWhenItCompletesTheUpload() throws Exception {
    api.planParts(2, 1_000);
    api.next(ScriptedApi.COMPLETE, 422, "{\"error\":\"no such upload\"}");
    api.next(ScriptedApi.COMPLETE, 422, "{\"error\":\"no such upload\"}");
    start("concurrency", "1");
    drop("bad.jpg", 1_000);
    await("subscriber", 1);
    drop("good.png", 1_000);
    await("subscriber", 2);

    assertThatOnlyTheFirstFailed("no such upload");
  }

  @Test
  void leavesItsFileInDoubtWhenItAsksWhetherTheApiHasIt() throws Exception {
    api.next(ScriptedApi.PUT, 504, "gateway timeout");
    api.next(ScriptedApi.CHECK, 500, "{\"error\":\"nobody knows\"}");
    api.usually(
        ScriptedApi.CHECK,
        200,
        "{\"exists\":true,\"media\":{\"id\":7,\"isReady\":true,\"hasError\":false}}");
    deliverBoth();

    assertThat(events())
        .anySatisfy(
            event ->
                assertThat(event)
                    .contains("media.uploaded", "\"file\":\"bad.jpg\"", "\"adopted\":true"))
        .anySatisfy(
            event ->
                assertThat(event)
                    .contains("media.uploaded", "\"file\":\"good.png\"", "\"adopted\":false"));
    assertThat(api.lines()).filteredOn(ScriptedApi.PUT::equals).hasSize(2);
    assertThat(api.lines()).filteredOn(ScriptedApi.CHECK::equals).hasSize(2);
  }

  @Test
  void leavesTheFileAsItIsWhenItsSessionIsGone() throws Exception {
    api.planParts(2, 1_000);
    api.next(ScriptedApi.part(1), 410, "{\"error\":\"the session has ended\"}");
    start();
    drop("a.jpg", 1_000);
    await("subscriber", 1);

    assertThat(events().get(0)).contains("media.uploaded", "\"file\":\"a.jpg\"");
    assertThat(api.lines()).filteredOn(ScriptedApi.INIT::equals).hasSize(2);
    assertThat(api.lines()).filteredOn(ScriptedApi.part(1)::equals).hasSize(2);
    assertThat(api.lines()).filteredOn(ScriptedApi.COMPLETE::equals).hasSize(1);
  }
}

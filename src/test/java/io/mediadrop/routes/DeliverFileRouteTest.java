package io.mediadrop.routes;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.util.Map;
import org.apache.camel.builder.NotifyBuilder;
import org.junit.jupiter.api.Test;

/** The ways that one file can take. */
class DeliverFileRouteTest extends ShippedRoutes {

  @Override
  Map<String, String> settings() {
    return Map.of("mediadrop.drop.incomplete-after", "10m");
  }

  private String event(int number) {
    return received("subscriber").get(number).getMessage().getBody(String.class);
  }

  @Test
  void archivesAndAnnouncesWhatTheApiHasTaken() throws Exception {
    start();
    drop("a.jpg", 1_000);
    await("subscriber", 1);

    assertThat(event(0)).contains("media.uploaded", "\"mediaId\":42");
    assertThat(home.resolve("alice/a.jpg")).doesNotExist();
  }

  @Test
  void goesOnceThroughTheRouteForEachFile() throws Exception {
    start();
    NotifyBuilder both = new NotifyBuilder(context).fromRoute("alice").whenDone(2).create();
    drop("a.jpg", 1_000);
    drop("b.png", 1_000);

    assertThat(both.matchesWaitTime()).isTrue();
    await("subscriber", 2);
    assertThat(api.lines()).filteredOn(ScriptedApi.INIT::equals).hasSize(2);
  }

  @Test
  void callsNobodyForAFileThatIsNotFinished() throws Exception {
    start();
    NotifyBuilder looked = new NotifyBuilder(context).fromRoute("alice").whenDone(1).create();
    Files.createDirectories(home.resolve("alice"));
    Files.createFile(home.resolve("alice/empty.jpg"));

    assertThat(looked.matchesWaitTime()).isTrue();
    assertThat(api.lines()).isEmpty();
    assertThat(home.resolve("alice/empty.jpg")).exists();
  }

  @Test
  void callsNobodyForAContentThatIsThereAlready() throws Exception {
    start();
    drop("a.jpg", 1_000);
    await("subscriber", 1);
    drop("copy.jpg", 1_000);
    await("subscriber", 2);

    assertThat(event(1)).contains("file.duplicate", "\"file\":\"copy.jpg\"");
    assertThat(api.lines()).containsExactly(ScriptedApi.INIT, ScriptedApi.PUT);
  }

  @Test
  void failsTheFileThatIsRefusedAndNoOther() throws Exception {
    api.next(ScriptedApi.INIT, 400, "{\"error\":\"not this one\"}");
    start("concurrency", "1");
    drop("a.jpg", 1_000);
    await("subscriber", 1);
    drop("b.png", 1_000);
    await("subscriber", 2);

    assertThat(event(0)).contains("file.failed", "\"file\":\"a.jpg\"", "not this one");
    assertThat(event(1)).contains("media.uploaded", "\"file\":\"b.png\"");
    assertThat(home.resolve("failed/alice/a.jpg.reason.txt")).exists();
  }

  @Test
  void adoptsWhatTheApiHasWhenTheAnswerIsLost() throws Exception {
    api.next(ScriptedApi.PUT, 504, "gateway timeout");
    api.usually(
        ScriptedApi.CHECK,
        200,
        "{\"exists\":true,\"media\":{\"id\":42,\"isReady\":true,\"hasError\":false}}");
    start();
    drop("a.jpg", 1_000);
    await("subscriber", 1);

    assertThat(event(0)).contains("media.uploaded", "\"adopted\":true");
    assertThat(api.lines()).containsExactly(ScriptedApi.INIT, ScriptedApi.PUT, ScriptedApi.CHECK);
  }

  @Test
  void sendsAgainOnlyAfterTheApiWasAskedTwice() throws Exception {
    api.next(ScriptedApi.PUT, 504, "gateway timeout");
    start();
    drop("a.jpg", 1_000);
    await("subscriber", 1);

    assertThat(api.lines())
        .containsExactly(
            ScriptedApi.INIT,
            ScriptedApi.PUT,
            ScriptedApi.CHECK,
            ScriptedApi.CHECK,
            ScriptedApi.INIT,
            ScriptedApi.PUT);
  }

  @Test
  void completesOnceMoreWhereTheAnswerToCompleteIsLost() throws Exception {
    api.planParts(2, 1_000);
    api.next(ScriptedApi.COMPLETE, 502, "bad gateway");
    start();
    drop("a.jpg", 1_000);
    await("subscriber", 1);

    assertThat(api.lines()).filteredOn(ScriptedApi.COMPLETE::equals).hasSize(2);
    assertThat(api.lines()).doesNotContain(ScriptedApi.CHECK);
    assertThat(api.lines()).filteredOn(ScriptedApi.part(1)::equals).hasSize(1);
  }

  @Test
  void leavesFilesWhereTheyAreWhileTheSessionHasExpired() throws Exception {
    api.usually(ScriptedApi.INIT, 401, "{\"type\":\"SESSION_EXPIRED\",\"error\":\"log in\"}");
    start();
    drop("a.jpg", 1_000);
    await("subscriber", 1);

    assertThat(event(0)).contains("lane.paused");
    assertThat(home.resolve("alice/a.jpg")).exists();
    assertThat(home.resolve("alice/PAUSED.txt")).exists();
  }
}

package io.mediadrop.routes;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.apache.camel.builder.NotifyBuilder;
import org.junit.jupiter.api.Test;

/** An upload: what is called, in which order, with what. */
class UploadRoutesTest extends ShippedRoutes {

  @Test
  void opensASessionForTheFileFirst() throws Exception {
    start();
    drop("holidays/a.jpg", 1_000);
    await("subscriber", 1);

    ScriptedApi.Call init = api.calls().get(0);
    assertThat(init.line()).isEqualTo(ScriptedApi.INIT);
    assertThat(init.headers()).containsEntry("Content-Type", "application/json");
    assertThat(init.json().toString())
        .isEqualTo("{\"filename\":\"a.jpg\",\"size\":1000,\"contentType\":\"image/jpeg\"}");
  }

  @Test
  void sendsASmallFileWholeAndIsDone() throws Exception {
    start();
    Path file = drop("a.jpg", 1_000);
    byte[] content = Files.readAllBytes(file);
    await("subscriber", 1);

    assertThat(api.lines()).containsExactly(ScriptedApi.INIT, ScriptedApi.PUT);
    assertThat(api.calls().get(1).body()).isEqualTo(content);
    assertThat(api.calls().get(1).headers()).containsEntry("Content-Type", "image/jpeg");
  }

  @Test
  void completesWhereTheAnswerToTheWholeFileIsThatOfAPart() throws Exception {
    api.usually(ScriptedApi.PUT, 200, "{\"mediaUploadId\":\"u1\",\"partNumber\":1,\"etag\":\"e\"}");
    start();
    drop("a.jpg", 1_000);
    await("subscriber", 1);

    assertThat(api.lines())
        .containsExactly(ScriptedApi.INIT, ScriptedApi.PUT, ScriptedApi.COMPLETE);
  }

  @Test
  void sendsEachPartOnceAndThenCompletes() throws Exception {
    api.planParts(3, 1_000);
    start();
    byte[] content = Files.readAllBytes(drop("a.jpg", 1_000));
    await("subscriber", 1);

    assertThat(api.lines()).startsWith(ScriptedApi.INIT).endsWith(ScriptedApi.COMPLETE).hasSize(5);
    assertThat(api.lines()).contains(ScriptedApi.part(1), ScriptedApi.part(2), ScriptedApi.part(3));
    assertThat(sentIn(ScriptedApi.part(1))).isEqualTo(Arrays.copyOfRange(content, 0, 333));
    assertThat(sentIn(ScriptedApi.part(3))).isEqualTo(Arrays.copyOfRange(content, 666, 1_000));
    assertThat(api.calls().get(4).json().toString()).isEqualTo("{\"mediaUploadId\":\"u1\"}");
  }

  private byte[] sentIn(String line) {
    return api.calls().stream()
        .filter(call -> call.line().equals(line))
        .findFirst()
        .orElseThrow()
        .body();
  }

  @Test
  void repeatsOnlyThePartThatFailed() throws Exception {
    api.planParts(3, 1_000);
    api.next(ScriptedApi.part(2), 502, "bad gateway");
    start();
    drop("a.jpg", 1_000);
    await("subscriber", 1);

    assertThat(api.lines()).filteredOn(ScriptedApi.part(2)::equals).hasSize(2);
    assertThat(api.lines()).filteredOn(ScriptedApi.part(1)::equals).hasSize(1);
    assertThat(api.lines()).filteredOn(ScriptedApi.COMPLETE::equals).hasSize(1);
  }

  @Test
  void completesNothingWhenAPartIsRefused() throws Exception {
    api.planParts(3, 1_000);
    api.usually(ScriptedApi.part(2), 413, "{\"error\":\"too large\"}");
    start();
    drop("a.jpg", 1_000);
    await("subscriber", 1);

    assertThat(api.lines()).doesNotContain(ScriptedApi.COMPLETE);
    assertThat(home.resolve("failed/alice/a.jpg")).exists();
  }

  @Test
  void sendsNoByteToAHostThatIsNotTrusted() throws Exception {
    api.usually(
        ScriptedApi.INIT,
        200,
        "{\"mediaUploadId\":\"u1\",\"uploadType\":\"single\",\"totalParts\":1,\"partSize\":1000,\"parts\":[{\"partNumber\":1,"
            + "\"uploadUrl\":\"https://evil.example/v2/access/uploads/u1\",\"byteRange\":{\"start\":0,\"end\":999}}]}");
    start();
    NotifyBuilder tried = new NotifyBuilder(context).fromRoute("alice").whenDone(1).create();
    drop("a.jpg", 1_000);

    assertThat(tried.matchesWaitTime()).isTrue();
    assertThat(api.lines()).containsOnly(ScriptedApi.INIT);
  }
}

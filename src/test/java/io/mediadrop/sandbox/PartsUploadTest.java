package io.mediadrop.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PartsUploadTest {
  private static final SandboxOptions SMALL_PARTS = SandboxOptions.defaults().withPartSize(4);
  private static final byte[] TEN = Caller.pattern(10);

  @Test
  void finishesTheKnownVector() throws Exception {
    byte[] content = Caller.pattern(6_825_499);
    try (Sandbox sandbox = Sandbox.start()) {
      Caller caller = Caller.of(sandbox);
      JsonNode plan = caller.init("a.mp4", content.length, "video/mp4").json();
      for (JsonNode part : plan.path("parts")) {
        JsonNode range = part.path("byteRange");
        caller.put(
            part.path("uploadUrl").asText(),
            Caller.slice(content, range.path("start").asLong(), range.path("end").asLong()));
      }
      assertThat(caller.complete(plan.path("mediaUploadId").asText()).status()).isEqualTo(200);

      Upload upload = sandbox.uploads().get(0);
      assertThat(upload.md5()).isEqualTo("56ca36373650d2440e016b4a88435481");
      assertThat(upload.etag()).isEqualTo("77ab599706fe1a41346593355bda15e7-2");
      assertThat(upload.parts()).isEqualTo(2);
      assertThat(upload.whole()).isFalse();
    }
  }

  @Test
  void answersAPartWithItsMd5() throws Exception {
    try (Sandbox sandbox = Sandbox.start(SMALL_PARTS)) {
      Caller caller = Caller.of(sandbox);
      String id = caller.open(10);
      JsonNode reply = caller.putPart(id, 3, Caller.slice(TEN, 8, 9)).json();

      assertThat(reply.path("mediaUploadId").asText()).isEqualTo(id);
      assertThat(reply.path("partNumber").asInt()).isEqualTo(3);
      assertThat(reply.path("etag").asText()).isEqualTo("9ed4a12cf365a4e7f4569fee07c1e276");
      assertThat(sandbox.openSessions().get(0).parts()).containsExactly(3);
    }
  }

  @Test
  void takesPartsInAnyOrderAndTheLastVersionOfEach() throws Exception {
    try (Sandbox sandbox = Sandbox.start(SMALL_PARTS);
        Sandbox whole = Sandbox.start()) {
      Caller caller = Caller.of(sandbox);
      String id = caller.open(10);
      caller.putPart(id, 3, Caller.slice(TEN, 8, 9));
      caller.putPart(id, 1, new byte[4]);
      caller.putPart(id, 2, Caller.slice(TEN, 4, 7));
      caller.putPart(id, 1, Caller.slice(TEN, 0, 3));
      assertThat(caller.complete(id).status()).isEqualTo(200);

      Caller.of(whole).upload("a.mp4", "video/mp4", TEN);
      assertThat(sandbox.uploads().get(0).sha256()).isEqualTo(whole.uploads().get(0).sha256());
    }
  }

  @Test
  void finishesWithAnEmptyLastPart() throws Exception {
    try (Sandbox sandbox =
        Sandbox.start(SMALL_PARTS.withMultipartFrom(4).withEmptyLastPart(true))) {
      Caller caller = Caller.of(sandbox);
      String id = caller.open(4);
      caller.putPart(id, 1, Caller.slice(TEN, 0, 3));
      assertThat(caller.complete(id).status()).isEqualTo(400);
      assertThat(caller.putPart(id, 2, new byte[0]).status()).isEqualTo(200);

      assertThat(caller.complete(id).status()).isEqualTo(200);
      assertThat(sandbox.uploads().get(0).etag()).endsWith("-2");
    }
  }

  @Test
  void takesASingleUploadAsPartOneWhenThePlanSaysSo() throws Exception {
    try (Sandbox sandbox =
        Sandbox.start(SandboxOptions.defaults().withSinglePlan(SinglePlan.PART_ONE))) {
      Caller caller = Caller.of(sandbox);
      String id = caller.open(10);
      caller.putPart(id, 1, TEN);

      assertThat(caller.complete(id).status()).isEqualTo(200);
      assertThat(sandbox.uploads().get(0).etag()).isEqualTo(sandbox.uploads().get(0).md5());
    }
  }

  @Test
  void storesZerosAsHolesWithoutLosingThem() throws Exception {
    byte[] content = new byte[1 << 20];
    content[600_000] = 7;
    try (Sandbox sandbox = Sandbox.start(SandboxOptions.defaults().withPartSize(1 << 19));
        Sandbox whole = Sandbox.start()) {
      Caller caller = Caller.of(sandbox);
      String id = caller.open(content.length);
      caller.putPart(id, 1, Caller.slice(content, 0, (1 << 19) - 1));
      caller.putPart(id, 2, Caller.slice(content, 1 << 19, (1 << 20) - 1));
      caller.complete(id);

      Caller.of(whole).upload("a.mp4", "video/mp4", content);
      assertThat(sandbox.uploads().get(0).sha256()).isEqualTo(whole.uploads().get(0).sha256());
    }
  }

  @ParameterizedTest
  @EnumSource(Hashing.class)
  void leavesNoTemporaryFile(Hashing hashing, @TempDir Path folder) throws Exception {
    SandboxOptions options = SMALL_PARTS.withHashing(hashing).withTemporaryFolder(folder);
    try (Sandbox sandbox = Sandbox.start(options)) {
      Caller caller = Caller.of(sandbox);
      caller.putPart(caller.open(10), 1, new byte[4]);
    }
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void keepsNoPartAfterCompletion(@TempDir Path folder) throws Exception {
    try (Sandbox sandbox = Sandbox.start(SMALL_PARTS.withTemporaryFolder(folder))) {
      Caller caller = Caller.of(sandbox);
      String id = caller.open(5);
      caller.putPart(id, 1, new byte[4]);
      caller.putPart(id, 1, new byte[4]);
      caller.putPart(id, 2, new byte[1]);
      assertThat(folder).isDirectoryRecursivelyContaining("glob:**/part-*");

      caller.complete(id);
      try (var left = Files.walk(folder)) {
        assertThat(left.filter(Files::isRegularFile)).isEmpty();
      }
    }
  }
}

package io.mediadrop.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class PlanTest {
  private static final SandboxOptions SMALL_PARTS = SandboxOptions.defaults().withPartSize(100);

  private static Caller.Reply init(SandboxOptions options, long size) throws Exception {
    try (Sandbox sandbox = Sandbox.start(options)) {
      return Caller.of(sandbox).init("a.mp4", size, "video/mp4");
    }
  }

  private static JsonNode plan(SandboxOptions options, long size) throws Exception {
    return init(options, size).json();
  }

  @Test
  void writesTheDocumentedSample() throws Exception {
    HandClock clock = new HandClock();
    try (Sandbox sandbox = Sandbox.start(SandboxOptions.defaults().withClock(clock))) {
      JsonNode plan = Caller.of(sandbox).init("a.mp4", 6_825_499, "video/mp4").json();

      String id = plan.path("mediaUploadId").asText();
      assertThat(id).matches("upload:[0-9a-f-]{36}");
      assertThat(plan.path("uploadType").asText()).isEqualTo("multipart");
      assertThat(plan.path("totalParts").asInt()).isEqualTo(2);
      assertThat(plan.path("partSize").asInt()).isEqualTo(5_242_880);
      assertThat(plan.path("expiresAt").asText()).isEqualTo("2026-05-01T13:00:00.000Z");
      assertThat(plan.path("completeUrl").asText())
          .isEqualTo(sandbox.baseUrl() + "/v2/access/uploads/complete");
      JsonNode last = plan.path("parts").path(1);
      assertThat(last.path("partNumber").asInt()).isEqualTo(2);
      assertThat(last.path("uploadUrl").asText())
          .isEqualTo(sandbox.baseUrl() + Caller.path(id) + "/parts/2");
      assertThat(last.path("byteRange").toString())
          .isEqualTo("{\"start\":5242880,\"end\":6825498}");
    }
  }

  @Test
  void writesUrlsForTheHostTheClientUsed() throws Exception {
    try (Sandbox sandbox = Sandbox.start()) {
      String init = "http://localhost:" + sandbox.port() + "/v2/access/uploads/init";
      JsonNode plan =
          Caller.of(sandbox)
              .post(init, "{'filename':'a','size':1,'contentType':'image/png'}")
              .json();

      assertThat(plan.path("completeUrl").asText())
          .startsWith("http://localhost:" + sandbox.port() + "/");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "HEADERS, 2, 100, false",
    "JSON, , , true",
    "BOTH, 2, 100, true",
    "NONE, , , false",
  })
  void tellsThePlanWhereTheProfileSays(
      PlanProfile profile, String parts, String size, boolean inBody) throws Exception {
    var reply = init(SMALL_PARTS.withPlan(profile), 101);

    assertThat(reply.header("x-ofauth-upload-total-parts")).isEqualTo(parts);
    assertThat(reply.header("x-ofauth-upload-part-size")).isEqualTo(size);
    assertThat(reply.json().has("parts")).isEqualTo(inBody);
    assertThat(reply.json().has("mediaUploadId")).isTrue();
  }

  @Test
  void leavesThePartSizeOutOfTheHeadersOfASingleUpload() throws Exception {
    var reply = init(SMALL_PARTS.withPlan(PlanProfile.HEADERS), 100);

    assertThat(reply.header("x-ofauth-upload-total-parts")).isEqualTo("1");
    assertThat(reply.header("x-ofauth-upload-part-size")).isNull();
  }

  @ParameterizedTest
  @CsvSource({"99, single, 1", "100, single, 1", "101, multipart, 2", "200, multipart, 2"})
  void splitsWhatIsLargerThanOnePart(long size, String type, int parts) throws Exception {
    JsonNode plan = plan(SMALL_PARTS, size);

    assertThat(plan.path("uploadType").asText()).isEqualTo(type);
    assertThat(plan.path("parts")).hasSize(parts);
  }

  @ParameterizedTest
  @CsvSource({"99, 1", "100, 2", "101, 2", "200, 3"})
  void addsAnEmptyLastPartToExactMultiplesOnRequest(long size, int parts) throws Exception {
    JsonNode plan = plan(SMALL_PARTS.withMultipartFrom(100).withEmptyLastPart(true), size);

    assertThat(plan.path("parts")).hasSize(parts);
    JsonNode last = plan.path("parts").path(parts - 1).path("byteRange");
    assertThat(last.path("end").asLong()).isEqualTo(size - 1);
  }

  @Test
  void splitsFromTheChosenSize() throws Exception {
    assertThat(plan(SMALL_PARTS.withMultipartFrom(250), 249).path("uploadType").asText())
        .isEqualTo("single");
    assertThat(plan(SMALL_PARTS.withMultipartFrom(250), 250).path("uploadType").asText())
        .isEqualTo("multipart");
  }

  @Test
  void writesASingleUploadInEachShape() throws Exception {
    assertThat(plan(SMALL_PARTS.withSinglePlan(SinglePlan.EMPTY), 5).path("parts")).isEmpty();
    assertThat(uploadUrl(SinglePlan.WHOLE)).matches(".*/uploads/upload%3A[0-9a-f-]+");
    assertThat(uploadUrl(SinglePlan.PART_ONE)).endsWith("/parts/1");
  }

  private static String uploadUrl(SinglePlan shape) throws Exception {
    JsonNode plan = plan(SMALL_PARTS.withSinglePlan(shape), 5);
    return plan.path("parts").path(0).path("uploadUrl").asText();
  }

  @Test
  void writesTheChosenExpiry() throws Exception {
    HandClock clock = new HandClock();
    JsonNode plan =
        plan(SMALL_PARTS.withClock(clock).withSessionLifetime(Duration.ofMinutes(5)), 5);

    assertThat(Instant.parse(plan.path("expiresAt").asText()))
        .isEqualTo(clock.instant().plus(Duration.ofMinutes(5)));
  }

  @ParameterizedTest
  @EnumSource(names = "NONE", mode = EnumSource.Mode.EXCLUDE)
  void spoilsThePlanOnRequest(BadPlan bad) throws Exception {
    HandClock clock = new HandClock();
    JsonNode good = plan(SMALL_PARTS.withClock(clock), 250);
    JsonNode spoilt = plan(SMALL_PARTS.withClock(clock).withBadPlan(bad), 250);

    assertThat(withoutIds(spoilt)).isNotEqualTo(withoutIds(good));
    assertThat(spoilt.has("mediaUploadId")).isTrue();
  }

  @Test
  void spoilsRangesByOneByte() throws Exception {
    assertThat(lastStart(BadPlan.GAP)).isEqualTo(201);
    assertThat(lastStart(BadPlan.OVERLAP)).isEqualTo(199);
  }

  private static long lastStart(BadPlan bad) throws Exception {
    JsonNode plan = plan(SMALL_PARTS.withBadPlan(bad), 250);
    return plan.path("parts").path(2).path("byteRange").path("start").asLong();
  }

  private static String withoutIds(JsonNode plan) {
    return plan.toString()
        .replaceAll("[0-9a-f]{8}-[0-9a-f-]{27}", "")
        .replaceAll("127.0.0.1:\\d+", "");
  }
}

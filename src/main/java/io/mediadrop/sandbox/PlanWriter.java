package io.mediadrop.sandbox;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.apache.hc.core5.net.PercentCodec;

/** Tells the client how to send a file: in headers, in JSON, in both or not at all. */
final class PlanWriter {
  private static final DateTimeFormatter MILLIS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  private final SandboxOptions options;

  PlanWriter(SandboxOptions options) {
    this.options = options;
  }

  Answer answer(UploadSession session, String baseUrl) {
    ObjectNode body = Json.object().put("mediaUploadId", session.id());
    if (options.plan.inBody()) {
      writePlan(body, session, baseUrl);
      options.badPlan.spoil(body);
    }
    Answer answer = Answer.json(200, body);
    return options.plan.inHeaders() ? withHeaders(answer, session.layout()) : answer;
  }

  static String iso(Instant time) {
    return MILLIS.format(time);
  }

  private Answer withHeaders(Answer answer, Layout layout) {
    Answer counted = answer.withHeader("x-ofauth-upload-total-parts", "" + layout.parts());
    return layout.multipart() && options.badPlan != BadPlan.WITHOUT_PART_SIZE
        ? counted.withHeader("x-ofauth-upload-part-size", "" + layout.partSize())
        : counted;
  }

  private void writePlan(ObjectNode body, UploadSession session, String baseUrl) {
    Layout layout = session.layout();
    String uploads = baseUrl + "/v2/access/uploads/";
    body.put("uploadType", layout.multipart() ? "multipart" : "single")
        .put("totalParts", layout.parts())
        .put("partSize", layout.partSize())
        .put("expiresAt", iso(session.expiresAt()));
    ArrayNode parts = body.putArray("parts");
    if (layout.multipart() || options.singlePlan != SinglePlan.EMPTY) {
      String whole = uploads + PercentCodec.encode(session.id(), StandardCharsets.UTF_8);
      for (int number = 1; number <= layout.parts(); number++) {
        writePart(parts.addObject(), layout, number, whole);
      }
    }
    body.put("completeUrl", uploads + "complete");
  }

  private void writePart(ObjectNode part, Layout layout, int number, String whole) {
    boolean toWhole = !layout.multipart() && options.singlePlan == SinglePlan.WHOLE;
    part.put("partNumber", number)
        .put("uploadUrl", toWhole ? whole : whole + "/parts/" + number)
        .putObject("byteRange")
        .put("start", layout.start(number))
        .put("end", layout.end(number));
  }
}

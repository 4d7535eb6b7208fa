package io.mediadrop.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mediadrop.drop.ApiAnswer;
import io.mediadrop.drop.Drop;
import io.mediadrop.drop.Part;
import io.mediadrop.drop.UploadPlan;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Reads the upload plan from the answer to init: from its JSON where it has one, else from its
 * headers, else the file goes up whole. A plan that does not cover the file exactly is refused.
 */
public class PlanReader {

  /** More parts than any file needs; a plan with more is a mistake or an attack on the memory. */
  private static final int MOST_PARTS = 100_000;

  private static final Pattern PART = Pattern.compile(".*/parts/\\d+");

  private final ApiUrls urls;
  private final TrustedOrigins trustedOrigins;

  /** Reads plans whose addresses are these, or trusted. */
  PlanReader(ApiUrls urls, TrustedOrigins trustedOrigins) {
    this.urls = urls;
    this.trustedOrigins = trustedOrigins;
  }

  /**
   * The plan for a drop.
   *
   * @throws PlanRefused if it cannot be followed safely
   * @throws UnreadableAnswer if the answer names no upload session, so that it is no plan
   */
  public UploadPlan read(ApiAnswer answered, Drop drop) throws PlanRefused, UnreadableAnswer {
    JsonNode answer = answered.json();
    String id = answer.path("mediaUploadId").asText("");
    if (id.isEmpty()) {
      throw new UnreadableAnswer("it has no mediaUploadId");
    }
    List<Part> parts = parts(id, answer, answered.headers(), drop.size());
    requireCoverage(parts, drop.size());
    if (answer instanceof ObjectNode read) {
      // the answer stays with the upload, perhaps for hours; a long list need not stay twice
      read.remove("parts");
    }
    boolean whole = parts.size() == 1 && !PART.matcher(parts.get(0).url()).matches();
    String completeUrl = answer.path("completeUrl").asText(urls.complete());
    return new UploadPlan(
        id, whole, parts, trustedOrigins.check(completeUrl), expiry(answer.path("expiresAt")));
  }

  private List<Part> parts(String id, JsonNode answer, Map<String, Object> headers, long size)
      throws PlanRefused {
    long partSize = number(answer.path("partSize"), header(headers, "x-ofauth-upload-part-size"));
    long total = number(answer.path("totalParts"), header(headers, "x-ofauth-upload-total-parts"));
    JsonNode listed = answer.path("parts");
    if (total > MOST_PARTS || listed.size() > MOST_PARTS) {
      throw new PlanRefused("it has more than " + MOST_PARTS + " parts");
    }
    if (listed.isArray() && total > 0 && total != Math.max(1, listed.size())) {
      throw new PlanRefused("it has %d parts and lists %d".formatted(total, listed.size()));
    }
    if (!listed.isEmpty()) {
      return listedParts(id, listed, partSize, size);
    }
    if (total <= 1) {
      return List.of(new Part(1, trustedOrigins.check(urls.whole(id)), 0, size));
    }
    if (partSize <= 0) {
      throw new PlanRefused("it has " + total + " parts and does not say how large they are");
    }
    return evenParts(id, (int) total, partSize, size);
  }

  private List<Part> evenParts(String id, int total, long partSize, long size) throws PlanRefused {
    List<Part> parts = new ArrayList<>(total);
    for (int number = 1; number <= total; number++) {
      long offset = (number - 1) * partSize;
      long length = Math.max(0, Math.min(partSize, size - offset));
      parts.add(new Part(number, trustedOrigins.check(urls.part(id, number)), offset, length));
    }
    return parts;
  }

  private List<Part> listedParts(String id, JsonNode listed, long partSize, long size)
      throws PlanRefused {
    List<Part> parts = new ArrayList<>(listed.size());
    for (JsonNode part : listed) {
      long number = number(part.path("partNumber"), parts.size() + 1);
      if (number != parts.size() + 1) {
        throw new PlanRefused("part " + (parts.size() + 1) + " does not follow on the one before");
      }
      JsonNode range = part.path("byteRange");
      long step = listed.size() == 1 && partSize <= 0 ? size : partSize;
      long start = number(range.path("start"), (number - 1) * step);
      long end = number(range.path("end"), Math.min(start + step, size) - 1);
      String ownUrl = listed.size() == 1 ? urls.whole(id) : urls.part(id, (int) number);
      String url = trustedOrigins.check(part.path("uploadUrl").asText(ownUrl));
      parts.add(new Part((int) number, url, start, end - start + 1));
    }
    return parts;
  }

  private static void requireCoverage(List<Part> parts, long size) throws PlanRefused {
    long next = 0;
    int number = 1;
    for (Part part : parts) {
      boolean mayBeEmpty = number == parts.size() && number > 1;
      if (part.number() != number
          || part.offset() != next
          || part.length() < 0
          || part.length() == 0 && !mayBeEmpty) {
        throw new PlanRefused("part " + number + " does not follow on the one before");
      }
      next += part.length();
      number++;
    }
    if (next != size) {
      throw new PlanRefused("its parts cover %d of %d bytes".formatted(next, size));
    }
  }

  private static long number(JsonNode given, long otherwise) throws PlanRefused {
    if (given.isMissingNode() || given.isNull()) {
      return otherwise;
    }
    if (!given.isNumber() || !given.canConvertToLong()) {
      throw new PlanRefused("a number in it cannot be read");
    }
    return given.longValue();
  }

  private static long header(Map<String, Object> headers, String name) {
    // Camel looks headers up without regard to case
    Object value = headers.get(name);
    try {
      return value == null ? 0 : Long.parseLong(value.toString().trim());
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  private static long expiry(JsonNode expiresAt) {
    try {
      return expiresAt.isTextual() ? Instant.parse(expiresAt.asText()).toEpochMilli() : 0;
    } catch (DateTimeParseException e) {
      return 0;
    }
  }
}

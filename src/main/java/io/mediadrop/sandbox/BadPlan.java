package io.mediadrop.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.function.Consumer;

/** A plan no client may follow. Those about ranges need a file of two parts or more. */
public enum BadPlan {
  /** The plan is left as it is. */
  NONE(plan -> {}),
  /** The last part starts one byte late. */
  GAP(plan -> moveStart(plan, 1)),
  /** The last part starts one byte early. */
  OVERLAP(plan -> moveStart(plan, -1)),
  /** The last part is missing from the list, and from its count. */
  SHORT(
      plan -> {
        parts(plan).remove(parts(plan).size() - 1);
        plan.put("totalParts", parts(plan).size());
      }),
  /** The list of parts is empty though there are several. */
  NO_PARTS(plan -> parts(plan).removeAll()),
  /** The count disagrees with the list. */
  WRONG_COUNT(plan -> plan.put("totalParts", parts(plan).size() + 1)),
  /** Every part has number 1. */
  SAME_NUMBER(plan -> parts(plan).forEach(part -> ((ObjectNode) part).put("partNumber", 1))),
  /** Neither header nor body tells the size of a part. */
  WITHOUT_PART_SIZE(plan -> plan.remove("partSize")),
  /** Upload URLs lead to another host. */
  FOREIGN_ORIGIN(plan -> rewriteUrls(plan, "^(https?)://[^/]+", "$1://elsewhere.invalid")),
  /** Upload URLs lead out of the upload routes. */
  FOREIGN_PATH(plan -> rewriteUrls(plan, "/v2/access/uploads/", "/v2/access/elsewhere/")),
  /** Upload URLs seem to lie below the upload routes, but climb out of them. */
  CLIMBING_PATH(plan -> rewriteUrls(plan, "/v2/access/uploads/", "/v2/access/uploads/../posts/")),
  /** The complete URL leads to another host. */
  FOREIGN_COMPLETE(plan -> plan.put("completeUrl", "http://elsewhere.invalid/complete")),
  /** The session has expired before it began. */
  EXPIRED(plan -> plan.put("expiresAt", "2001-01-01T00:00:00.000Z"));

  private final Consumer<ObjectNode> change;

  BadPlan(Consumer<ObjectNode> change) {
    this.change = change;
  }

  void spoil(ObjectNode plan) {
    change.accept(plan);
  }

  private static ArrayNode parts(ObjectNode plan) {
    return (ArrayNode) plan.get("parts");
  }

  private static void moveStart(ObjectNode plan, int by) {
    JsonNode last = parts(plan).path(parts(plan).size() - 1).path("byteRange");
    if (last instanceof ObjectNode range) {
      range.put("start", range.path("start").longValue() + by);
    }
  }

  private static void rewriteUrls(ObjectNode plan, String pattern, String replacement) {
    for (JsonNode part : parts(plan)) {
      String url = part.path("uploadUrl").textValue();
      ((ObjectNode) part).put("uploadUrl", url.replaceFirst(pattern, replacement));
    }
  }
}

package io.mediadrop.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.function.Function;

/**
 * The stretch of a listing a client asks for.
 *
 * @param limit entries wanted, 1 to 40
 * @param offset entries left out before them
 */
record Page(int limit, int offset) {

  static Page of(Exchange call, int usual) throws Refused {
    int limit = number(call, "limit", usual);
    int offset = number(call, "offset", 0);
    if (limit < 1 || limit > 40 || offset < 0) {
      throw Refused.badRequest("limit must be 1 to 40 and offset 0 or more");
    }
    return new Page(limit, offset);
  }

  /** The body with {@code list} and {@code hasMore}. */
  <T> ObjectNode json(List<T> all, Function<T, JsonNode> entry) {
    ObjectNode body = Json.object();
    var list = body.putArray("list");
    all.stream().skip(offset).limit(limit).map(entry).forEach(list::add);
    return body.put("hasMore", all.size() > offset + limit);
  }

  private static int number(Exchange call, String name, int usual) throws Refused {
    String text = call.query(name);
    if (text == null) {
      return usual;
    }
    if (!text.matches("\\d{1,9}")) {
      throw Refused.badRequest(name + " must be a number");
    }
    return Integer.parseInt(text);
  }
}

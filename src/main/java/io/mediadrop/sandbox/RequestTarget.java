package io.mediadrop.sandbox;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hc.core5.net.PercentCodec;

/** A request's path and query, as written and decoded. */
record RequestTarget(String path, List<String> segments, Map<String, String> query) {

  static RequestTarget parse(String target) {
    String[] halves = target.split("\\?", 2);
    List<String> segments = Stream.of(halves[0].split("/", -1)).map(RequestTarget::decode).toList();
    return new RequestTarget(halves[0], segments, halves.length == 1 ? Map.of() : query(halves[1]));
  }

  boolean hasRawColon() {
    return path.indexOf(':') >= 0;
  }

  private static Map<String, String> query(String text) {
    return Stream.of(text.split("&"))
        .map(pair -> pair.split("=", 2))
        .collect(
            Collectors.toMap(
                pair -> decode(pair[0]),
                pair -> pair.length == 1 ? "" : decode(pair[1]),
                (first, second) -> second));
  }

  private static String decode(String text) {
    return PercentCodec.decode(text, StandardCharsets.UTF_8);
  }
}

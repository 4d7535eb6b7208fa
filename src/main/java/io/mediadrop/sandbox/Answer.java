package io.mediadrop.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** What goes back: status, headers, body, and how the body is put on the wire. */
public record Answer(int status, Map<String, String> headers, byte[] body, Sending sending) {

  /** Puts the bytes of a body on the wire. */
  @FunctionalInterface
  public interface Sending {
    Sending AT_ONCE = (body, out, wire) -> out.write(body);

    void send(byte[] body, OutputStream out, Wire wire) throws IOException;
  }

  public static Answer json(int status, JsonNode body) {
    return of(status, "application/json", Json.bytes(body));
  }

  public static Answer text(int status, String contentType, String body) {
    return of(status, contentType, body.getBytes(StandardCharsets.UTF_8));
  }

  static Answer of(int status, String contentType, byte[] body) {
    return new Answer(status, Map.of("Content-Type", contentType), body, Sending.AT_ONCE);
  }

  public Answer withHeader(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new Answer(status, more, body, sending);
  }

  public Answer withBody(byte[] other) {
    return new Answer(status, headers, other, sending);
  }

  public Answer withSending(Sending other) {
    return new Answer(status, headers, body, other);
  }
}

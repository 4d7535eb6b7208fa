package io.mediadrop.sandbox;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.Header;

/** One call while it is being answered. */
public final class Exchange {
  private static final int JSON_LIMIT = 1 << 20;

  private final ClassicHttpRequest request;
  private final RequestTarget target;
  private final Route route;
  private final RequestBody body;
  private final Wire wire;
  private final Map<String, String> answerHeaders = new LinkedHashMap<>();
  private Connection connection;

  Exchange(
      ClassicHttpRequest request,
      RequestTarget target,
      Route route,
      RequestBody body,
      Wire wire,
      Connection connection) {
    this.request = request;
    this.target = target;
    this.route = route;
    this.body = body;
    this.wire = wire;
    this.connection = connection;
  }

  public Route route() {
    return route;
  }

  public Wire wire() {
    return wire;
  }

  /** The connection the call names if there is one of that id, or null. */
  public Connection connection() {
    return connection;
  }

  /** The value of {@code x-connection-id}, or null. */
  public String connectionId() {
    return header("x-connection-id");
  }

  /** Answers without having read the rest of the request's body, and closes the connection. */
  public void leaveUnread() {
    body.leaveUnread();
  }

  /** The scheme, host and port by which the client reached the sandbox. */
  public String baseUrl() {
    return "http://" + header("Host");
  }

  void speakFor(Connection connection) {
    this.connection = connection;
  }

  String key() {
    return header("apiKey");
  }

  RequestTarget target() {
    return target;
  }

  String parameter(int index) {
    return route.parameters(target.segments()).get(index);
  }

  String query(String name) {
    return target.query().get(name);
  }

  InputStream body() throws IOException {
    return body.open();
  }

  JsonNode json() throws IOException, Refused {
    byte[] bytes = body().readNBytes(JSON_LIMIT);
    try {
      JsonNode json = Json.read(bytes);
      if (json.isObject()) {
        return json;
      }
    } catch (JacksonException e) {
      // refused below, like any other body that is no object
    }
    throw Refused.badRequest("The body must be a JSON object");
  }

  void addHeaders(Map<String, String> headers) {
    answerHeaders.putAll(headers);
  }

  Map<String, String> answerHeaders() {
    return answerHeaders;
  }

  private String header(String name) {
    Header header = request.getFirstHeader(name);
    return header == null ? null : header.getValue();
  }
}

package io.mediadrop.routes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.hc.core5.http.HttpEntity;

/**
 * Stands where the call leaves the process: keeps what would go on the wire, and answers as the API
 * does to a file that goes up whole, unless a test says otherwise for the next call of a kind.
 */
final class ScriptedApi implements Processor {

  static final String INIT = "POST /v2/access/uploads/init";
  static final String PUT = "PUT /v2/access/uploads/u1";
  static final String COMPLETE = "POST /v2/access/uploads/complete";
  static final String CHECK = "POST /v2/access/uploads/check";

  private static final ObjectMapper JSON = new ObjectMapper();

  private static final String MEDIA =
      """
      {"mediaUploadId":"u1","media":{"id":42,"type":"photo","isReady":true,"hasError":false,
      "files":{"full":{"url":"https://media.example/42.jpg","sources":[]},
      "thumb":{"url":"https://media.example/42t.jpg"}}}}
      """;

  /** A call as it would have gone out; header names as they were written. */
  record Call(String line, Map<String, Object> headers, byte[] body) {

    JsonNode json() {
      try {
        return JSON.readTree(body);
      } catch (IOException e) {
        throw new IllegalStateException(line + " has no JSON", e);
      }
    }
  }

  private record Answer(int status, String body, Map<String, String> headers) {}

  private final List<Call> calls = new CopyOnWriteArrayList<>();
  private final Map<String, Queue<Answer>> script = new ConcurrentHashMap<>();
  private final Map<String, Answer> usual = new ConcurrentHashMap<>();

  ScriptedApi() {
    usually(INIT, 200, "{\"mediaUploadId\":\"u1\"}");
    usually(PUT, 200, MEDIA);
    usually(COMPLETE, 200, MEDIA);
    usually(CHECK, 200, "{\"exists\":false}");
  }

  /** Answers calls of this kind so from now on. */
  void usually(String line, int status, String body) {
    usual.put(line, new Answer(status, body, Map.of()));
  }

  /** Answers the next call of this kind so that is not spoken for. */
  void next(String line, int status, String body, Map<String, String> headers) {
    script.computeIfAbsent(line, any -> new ArrayDeque<>()).add(new Answer(status, body, headers));
  }

  /** The same, without headers. */
  void next(String line, int status, String body) {
    next(line, status, body, Map.of());
  }

  /** Has a file of this length go up in so many parts. */
  void planParts(int parts, long size) {
    StringBuilder list = new StringBuilder();
    for (int n = 1; n <= parts; n++) {
      long start = (n - 1) * (size / parts);
      long end = n == parts ? size - 1 : n * (size / parts) - 1;
      list.append(n == 1 ? "" : ",")
          .append(
              "{\"partNumber\":%d,\"uploadUrl\":\"http://127.0.0.1:9%s\",\"byteRange\":{\"start\":%d,\"end\":%d}}"
                  .formatted(n, part(n).substring(4), start, end));
      usually(
          part(n), 200, "{\"mediaUploadId\":\"u1\",\"partNumber\":%d,\"etag\":\"e\"}".formatted(n));
    }
    usually(
        INIT,
        200,
        "{\"mediaUploadId\":\"u1\",\"uploadType\":\"multipart\",\"totalParts\":%d,\"partSize\":%d,\"parts\":[%s]}"
            .formatted(parts, size / parts, list));
  }

  static String part(int number) {
    return PUT + "/parts/" + number;
  }

  /** What was called so far. */
  List<Call> calls() {
    return calls;
  }

  /** The lines of what was called so far: method and path. */
  List<String> lines() {
    return calls.stream().map(Call::line).toList();
  }

  @Override
  public void process(Exchange exchange) throws IOException {
    Map<String, Object> headers = new TreeMap<>(exchange.getMessage().getHeaders());
    String line =
        headers.get(Exchange.HTTP_METHOD)
            + " "
            + URI.create(headers.get(Exchange.HTTP_URI).toString()).getRawPath();
    calls.add(new Call(line, headers, bytes(exchange.getMessage().getBody())));
    Queue<Answer> spoken = script.getOrDefault(line, new ArrayDeque<>());
    Answer answer = spoken.isEmpty() ? usual.get(line) : spoken.remove();
    if (answer == null) {
      throw new IllegalStateException("the script has no answer to " + line);
    }
    exchange.getMessage().removeHeaders("*");
    answer.headers().forEach(exchange.getMessage()::setHeader);
    exchange.getMessage().setHeader(Exchange.HTTP_RESPONSE_CODE, answer.status());
    exchange.getMessage().setBody(answer.body().getBytes());
  }

  private static byte[] bytes(Object body) throws IOException {
    if (body instanceof HttpEntity entity) {
      ByteArrayOutputStream sent = new ByteArrayOutputStream();
      entity.writeTo(sent);
      return sent.toByteArray();
    }
    return body instanceof byte[] whole ? whole : String.valueOf(body).getBytes();
  }
}

package io.mediadrop.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;

/** A client that knows nothing of mediadrop: Java's own, with the API's headers. */
public final class Caller {
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  /** An answer as it came. */
  record Reply(int status, HttpHeaders headers, byte[] body) {
    JsonNode json() throws IOException {
      return new ObjectMapper().readTree(body);
    }

    String type() throws IOException {
      return json().path("type").asText();
    }

    String header(String name) {
      return headers.firstValue(name).orElse(null);
    }
  }

  private final String baseUrl;
  private final String[] credentials;

  private Caller(String baseUrl, String... credentials) {
    this.baseUrl = baseUrl;
    this.credentials = credentials;
  }

  public static Caller of(Sandbox sandbox) {
    return as(sandbox, Sandbox.KEY, Sandbox.CONNECTION);
  }

  static Caller as(Sandbox sandbox, String key, String connection) {
    return new Caller(sandbox.baseUrl(), "apiKey", key, "x-connection-id", connection);
  }

  static Caller with(Sandbox sandbox, String... headers) {
    return new Caller(sandbox.baseUrl(), headers);
  }

  Reply send(String method, String target, byte[] body) throws Exception {
    URI uri = URI.create(target.startsWith("http") ? target : baseUrl + target);
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri)
            .timeout(Duration.ofSeconds(30))
            .method(method, BodyPublishers.ofByteArray(body));
    if (credentials.length > 0) {
      request.headers(credentials);
    }
    HttpResponse<byte[]> response = HTTP.send(request.build(), BodyHandlers.ofByteArray());
    return new Reply(response.statusCode(), response.headers(), response.body());
  }

  Reply get(String target) throws Exception {
    return send("GET", target, new byte[0]);
  }

  Reply post(String target, String json) throws Exception {
    return send("POST", target, json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
  }

  Reply put(String target, byte[] body) throws Exception {
    return send("PUT", target, body);
  }

  Reply init(String name, long size, String type) throws Exception {
    return post(
        "/v2/access/uploads/init",
        "{'filename':'%s','size':%d,'contentType':'%s'}".formatted(name, size, type));
  }

  /** The id of a new session for a file of so many bytes. */
  public String open(long size) throws Exception {
    return open("a.mp4", size);
  }

  /** The same for a file of this name. */
  public String open(String name, long size) throws Exception {
    return init(name, size, "video/mp4").json().path("mediaUploadId").asText();
  }

  Reply putWhole(String id, byte[] body) throws Exception {
    return put(path(id), body);
  }

  Reply putPart(String id, int number, byte[] body) throws Exception {
    return put(path(id) + "/parts/" + number, body);
  }

  Reply complete(String id) throws Exception {
    return post("/v2/access/uploads/complete", "{'mediaUploadId':'" + id + "'}");
  }

  Reply check(String etag, long size) throws Exception {
    return post(
        "/v2/access/uploads/check",
        "{'etag':'%s','size':%d}".formatted(etag.replace("\"", "\\\""), size));
  }

  /** The answer to a whole upload of these bytes. */
  Reply upload(String name, String type, byte[] bytes) throws Exception {
    String id = init(name, bytes.length, type).json().path("mediaUploadId").asText();
    return putWhole(id, bytes);
  }

  static String path(String id) {
    return "/v2/access/uploads/" + id.replace(":", "%3A");
  }

  /** Bytes whose n-th is n mod 251. */
  static byte[] pattern(int length) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) (i % 251);
    }
    return bytes;
  }

  static byte[] slice(byte[] bytes, long start, long endInclusive) {
    return Arrays.copyOfRange(bytes, (int) start, (int) endInclusive + 1);
  }
}

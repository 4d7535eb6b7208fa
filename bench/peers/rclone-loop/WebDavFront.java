import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Lets a WebDAV client upload to the API: each PUT becomes a session and its PUT, and what the API
 * answers, or breaks off, the client gets too. A WebDAV server lists what it has, which the API
 * cannot do by name: so this one remembers. With {@code REMEMBERS=answered} it lists what the API
 * said it had taken; with {@code REMEMBERS=stored} also what was stored although the answer was
 * lost, which no client of the API can know.
 */
public final class WebDavFront {

  private record Entry(long size, String session) {}

  private static final Pattern SESSION = Pattern.compile("\"mediaUploadId\"\\s*:\\s*\"([^\"]+)\"");
  private static final boolean KNOWS_ALL = "stored".equals(System.getenv("REMEMBERS"));

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Map<String, Entry> entries = new ConcurrentHashMap<>();
  private final Set<String> folders = ConcurrentHashMap.newKeySet();

  public static void main(String[] arguments) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    WebDavFront front = new WebDavFront();
    front.folders.add("/");
    server.setExecutor(Executors.newCachedThreadPool());
    server.createContext("/", front::handle);
    server.start();
    Files.writeString(
        Path.of(System.getenv("FRONT")), "http://127.0.0.1:" + server.getAddress().getPort());
  }

  private void handle(HttpExchange call) throws IOException {
    try (call) {
      String path = call.getRequestURI().getPath();
      switch (call.getRequestMethod()) {
        case "PUT" -> answer(call, put(path, call.getRequestBody().readAllBytes()), "");
        case "MKCOL" -> {
          folders.add(path.endsWith("/") ? path : path + "/");
          answer(call, 201, "");
        }
        case "PROPFIND" -> find(call, path);
        default -> answer(call, 405, "");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    // a broken call to the API ends here: the client's connection closes without an answer
  }

  private int put(String path, byte[] content) throws IOException, InterruptedException {
    String name = path.substring(path.lastIndexOf('/') + 1);
    HttpResponse<String> opened =
        send(
            request("/v2/access/uploads/init")
                .header("Content-Type", "application/json")
                .POST(
                    BodyPublishers.ofString(
                        "{\"filename\":\"%s\",\"size\":%d,\"contentType\":\"image/jpeg\"}"
                            .formatted(name, content.length))));
    if (opened.statusCode() >= 300) {
      return opened.statusCode();
    }
    Matcher session = SESSION.matcher(opened.body());
    if (!session.find()) {
      return 502;
    }
    Entry entry = new Entry(content.length, session.group(1));
    if (KNOWS_ALL) {
      entries.put(path, entry);
    }
    HttpResponse<String> taken =
        send(
            request("/v2/access/uploads/" + entry.session().replace(":", "%3A"))
                .header("Content-Type", "image/jpeg")
                .PUT(BodyPublishers.ofByteArray(content)));
    if (taken.statusCode() < 300) {
      entries.put(path, entry);
      return 201;
    }
    return taken.statusCode();
  }

  private static HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(System.getenv("API") + path))
        .header("apiKey", System.getenv("KEY"))
        .header("x-connection-id", System.getenv("CONNECTION"));
  }

  private HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return client.send(request.build(), BodyHandlers.ofString());
  }

  private void find(HttpExchange call, String path) throws IOException {
    String stored = KNOWS_ALL ? Files.readString(Path.of(System.getenv("UPLOADS"))) : "";
    StringBuilder found = new StringBuilder();
    String folder = path.endsWith("/") ? path : path + "/";
    if (folders.contains(folder)) {
      found.append(listed(folder, null));
      folders.stream()
          .filter(f -> !f.equals(folder) && parent(f.substring(0, f.length() - 1)).equals(folder))
          .forEach(f -> found.append(listed(f, null)));
    }
    entries.forEach(
        (file, entry) -> {
          boolean wanted = file.equals(path) || parent(file).equals(folder);
          if (wanted && (!KNOWS_ALL || stored.contains(entry.session()))) {
            found.append(listed(file, entry));
          }
        });
    answer(
        call,
        found.isEmpty() ? 404 : 207,
        found.isEmpty() ? "" : "<d:multistatus xmlns:d=\"DAV:\">" + found + "</d:multistatus>");
  }

  private static String parent(String path) {
    return path.substring(0, path.lastIndexOf('/') + 1);
  }

  private static String listed(String path, Entry entry) {
    String properties =
        entry == null
            ? "<d:resourcetype><d:collection/></d:resourcetype>"
            : "<d:resourcetype/><d:getcontentlength>"
                + entry.size()
                + "</d:getcontentlength>"
                + "<d:getlastmodified>Thu, 01 Jan 2026 00:00:00 GMT</d:getlastmodified>";
    return "<d:response><d:href>"
        + path
        + "</d:href><d:propstat><d:prop>"
        + properties
        + "</d:prop><d:status>HTTP/1.1 200 OK</d:status></d:propstat></d:response>";
  }

  private static void answer(HttpExchange call, int status, String body) throws IOException {
    byte[] bytes = body.getBytes();
    call.getResponseHeaders().set("Content-Type", "application/xml; charset=utf-8");
    call.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    call.getResponseBody().write(bytes);
  }
}

package bench.peers.minimal;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.classic.methods.HttpPut;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.io.entity.EntityUtils;

/**
 * Uploads what lies in drop/, a session and a PUT per file, eight at a time. It remembers nothing,
 * hashes nothing, moves nothing and repeats nothing: whatever else an uploader does, costs on top.
 */
public final class Minimal {

  private static final int WORKERS = 8;
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String UPLOADS = System.getenv("API") + "/v2/access/uploads/";

  private final CloseableHttpClient client =
      HttpClients.createMinimal(
          PoolingHttpClientConnectionManagerBuilder.create()
              .setMaxConnPerRoute(WORKERS)
              .setMaxConnTotal(WORKERS)
              .build());

  public static void main(String[] arguments) throws Exception {
    Queue<Path> files;
    try (Stream<Path> drop = Files.list(Path.of("drop"))) {
      files = new ConcurrentLinkedQueue<>(drop.toList());
    }
    Minimal minimal = new Minimal();
    ExecutorService workers = Executors.newFixedThreadPool(WORKERS);
    for (Future<?> worker :
        IntStream.range(0, WORKERS)
            .mapToObj(i -> workers.submit(() -> minimal.work(files)))
            .toList()) {
      worker.get();
    }
    workers.shutdown();
  }

  private Void work(Queue<Path> files) throws Exception {
    for (Path file = files.poll(); file != null; file = files.poll()) {
      upload(file);
    }
    return null;
  }

  private void upload(Path file) throws Exception {
    byte[] content = Files.readAllBytes(file);
    Map<String, Object> session =
        Map.of(
            "filename",
            file.getFileName().toString(),
            "size",
            content.length,
            "contentType",
            "image/jpeg");
    byte[] opened =
        send(
            new HttpPost(UPLOADS + "init"),
            new ByteArrayEntity(JSON.writeValueAsBytes(session), ContentType.APPLICATION_JSON));
    String id = JSON.readTree(opened).path("mediaUploadId").asText();
    send(
        new HttpPut(UPLOADS + id.replace(":", "%3A")),
        new ByteArrayEntity(content, ContentType.IMAGE_JPEG));
  }

  private byte[] send(HttpUriRequestBase request, HttpEntity entity) throws Exception {
    request.setHeader("apiKey", System.getenv("KEY"));
    request.setHeader("x-connection-id", System.getenv("CONNECTION"));
    request.setEntity(entity);
    return client.execute(
        request,
        answer -> {
          if (answer.getCode() != 200) {
            throw new IllegalStateException(request + " was answered with " + answer.getCode());
          }
          return EntityUtils.toByteArray(answer.getEntity());
        });
  }
}

package bench.peers.raw;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Makes the calls for what lies in drop/ as bytes on a socket, without looking at what is answered:
 * no uploader can be much faster.
 */
public final class Raw {

  private static final int CONNECTIONS = 8;
  private static final URI API = URI.create(System.getenv("API"));

  private Raw() {}

  public static void main(String[] arguments) throws Exception {
    Queue<Path> files;
    try (Stream<Path> drop = Files.list(Path.of("drop"))) {
      files = new ConcurrentLinkedQueue<>(drop.toList());
    }
    ExecutorService workers = Executors.newFixedThreadPool(CONNECTIONS);
    for (Future<?> worker :
        IntStream.range(0, CONNECTIONS).mapToObj(i -> workers.submit(() -> work(files))).toList()) {
      worker.get();
    }
    workers.shutdown();
  }

  private static Void work(Queue<Path> files) throws IOException {
    try (SocketChannel channel =
        SocketChannel.open(new InetSocketAddress(API.getHost(), API.getPort()))) {
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      ByteBuffer answer = ByteBuffer.allocate(16 * 1024);
      for (Path file = files.poll(); file != null; file = files.poll()) {
        byte[] content = Files.readAllBytes(file);
        String name = file.getFileName().toString();
        String session = "{\"filename\":\"" + name + "\",\"size\":" + content.length + "}";
        call(channel, "POST", "init", bytes(session), answer);
        call(channel, "PUT", "upload%3A" + name, content, answer);
      }
    }
    return null;
  }

  private static void call(
      SocketChannel channel, String method, String path, byte[] content, ByteBuffer answer)
      throws IOException {
    String head =
        "%s /v2/access/uploads/%s HTTP/1.1\r\nHost: %s\r\nContent-Length: %d\r\n\r\n"
            .formatted(method, path, API.getAuthority(), content.length);
    ByteBuffer[] request = {ByteBuffer.wrap(bytes(head)), ByteBuffer.wrap(content)};
    while (request[1].hasRemaining()) {
      channel.write(request);
    }
    // the server answers in one piece
    if (channel.read(answer.clear()) < 0) {
      throw new EOFException("the server has gone");
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}

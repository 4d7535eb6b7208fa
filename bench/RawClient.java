package bench;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Makes the calls of an upload with prepared bytes and reads no file: how fast the sink is. It runs
 * in the sink's process, which also warms that one up.
 */
final class RawClient {

  private static final int CONNECTIONS = 8;

  private RawClient() {}

  /** Uploads so many contents of a size. */
  static void send(String api, int count, int size) throws Exception {
    AtomicInteger left = new AtomicInteger(count);
    ExecutorService workers = Executors.newFixedThreadPool(CONNECTIONS);
    try {
      List<Future<Void>> ends = new ArrayList<>();
      for (int i = 0; i < CONNECTIONS; i++) {
        Callable<Void> work = () -> work(URI.create(api), left, size);
        ends.add(workers.submit(work));
      }
      for (Future<Void> end : ends) {
        end.get();
      }
    } finally {
      workers.shutdown();
    }
  }

  private static Void work(URI api, AtomicInteger left, int size) throws IOException {
    try (SocketChannel channel =
        SocketChannel.open(new InetSocketAddress(api.getHost(), api.getPort()))) {
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      ByteBuffer content = ByteBuffer.allocateDirect(size);
      ByteBuffer answer = ByteBuffer.allocate(16 * 1024);
      String session = "{\"filename\":\"raw.jpg\",\"size\":" + size + "}";
      for (int number = left.getAndDecrement(); number > 0; number = left.getAndDecrement()) {
        call(channel, "POST", "init", bytes(session), answer);
        call(channel, "PUT", "upload%3Araw-" + number, content.clear(), answer);
      }
    }
    return null;
  }

  private static void call(
      SocketChannel channel, String method, String path, ByteBuffer content, ByteBuffer answer)
      throws IOException {
    ByteBuffer head =
        bytes(
            "%s /v2/access/uploads/%s HTTP/1.1\r\nHost: sink\r\nContent-Length: %d\r\n\r\n"
                .formatted(method, path, content.remaining()));
    ByteBuffer[] request = {head, content};
    while (content.hasRemaining()) {
      channel.write(request);
    }
    // an answer of the sink comes as one piece, or its rest does at once
    if (channel.read(answer.clear()) < 0) {
      throw new EOFException("the sink has gone");
    }
  }

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
  }
}

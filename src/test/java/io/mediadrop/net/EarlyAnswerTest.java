package io.mediadrop.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediadrop.base.NamedThreads;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.hc.client5.http.classic.methods.HttpPut;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.AbstractHttpEntity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An answer that comes before the body of its call is sent to its end. */
class EarlyAnswerTest {

  private static final long SIZE = 256L << 20;

  @TempDir Path folder;

  @Test
  void isReadFromAPlainConnection() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      assertThat(sentUntilRefused(server, "http", new Network())).isLessThan(SIZE / 2);
    }
  }

  @Test
  void isReadThroughTls() throws Exception {
    PrivateCa ca = new PrivateCa(folder);
    Network network = new Network();
    network.setTruststore(ca.pem().toString());
    try (ServerSocket server = ca.socket("dns:localhost")) {
      assertThat(sentUntilRefused(server, "https", network)).isLessThan(SIZE / 2);
    }
  }

  /** How many bytes go out until the client has the refusal of a server that reads on and on. */
  private static long sentUntilRefused(ServerSocket server, String scheme, Network network)
      throws Exception {
    CountDownLatch known = new CountDownLatch(1);
    new NamedThreads("refusing").newThread(() -> refuse(server, known)).start();
    AtomicLong sent = new AtomicLong();
    try (CloseableHttpClient client =
        HttpClients.custom().setConnectionManager(network.connections().build()).build()) {
      HttpPut put = new HttpPut(scheme + "://localhost:" + server.getLocalPort());
      put.setEntity(new Endless(sent));
      int status = client.execute(put, answer -> answer.getCode());

      assertThat(status).isEqualTo(413);
      return sent.get();
    } finally {
      known.countDown();
    }
  }

  private static void refuse(ServerSocket server, CountDownLatch known) {
    try (Socket socket = server.accept()) {
      BufferedReader in = new BufferedReader(new InputStreamReader(socket.getInputStream()));
      String line = in.readLine();
      while (!line.isEmpty()) {
        line = in.readLine();
      }
      OutputStream out = socket.getOutputStream();
      out.write("HTTP/1.1 413 Too Large\r\nContent-Length: 0\r\n\r\n".getBytes());
      out.flush();
      char[] buffer = new char[1 << 16];
      while (known.getCount() > 0 && in.read(buffer) >= 0) {
        // what is sent in vain
      }
    } catch (IOException e) {
      // the client has what it needs, and ends
      assertThat(known.getCount()).isZero();
    }
  }

  /** Zeros, counted as they go. */
  private static final class Endless extends AbstractHttpEntity {

    private final AtomicLong sent;

    private Endless(AtomicLong sent) {
      super(ContentType.APPLICATION_OCTET_STREAM, null);
      this.sent = sent;
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
      byte[] zeros = new byte[1 << 16];
      while (sent.addAndGet(zeros.length) <= SIZE) {
        out.write(zeros);
      }
    }

    @Override
    public long getContentLength() {
      return SIZE;
    }

    @Override
    public java.io.InputStream getContent() {
      throw new UnsupportedOperationException("it is written");
    }

    @Override
    public boolean isRepeatable() {
      return false;
    }

    @Override
    public boolean isStreaming() {
      return false;
    }

    @Override
    public void close() {
      // nothing is open
    }
  }
}

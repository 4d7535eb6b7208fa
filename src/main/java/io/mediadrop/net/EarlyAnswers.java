package io.mediadrop.net;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;
import javax.net.ssl.SSLSocket;
import org.apache.hc.client5.http.io.ManagedHttpClientConnection;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.io.HttpClientConnection;
import org.apache.hc.core5.http.io.ResponseOutOfOrderStrategy;
import org.apache.hc.core5.util.Timeout;

/**
 * Notices an answer that comes while the body is still sent: a refusal in the middle of a video is
 * read, and not lost in a broken pipe. It is looked for below TLS, because a look through it waits
 * for a millisecond, which the network would otherwise be used in.
 */
class EarlyAnswers implements ResponseOutOfOrderStrategy {

  /** How often it is looked, in bytes sent. */
  private static final int EVERY = 128 * 1024;

  private final Map<Socket, Socket> below = Collections.synchronizedMap(new WeakHashMap<>());

  /** Remembers what a secure connection goes over. */
  SSLSocket over(Socket socket, SSLSocket secure) {
    below.put(secure, socket);
    return secure;
  }

  @Override
  public boolean isEarlyResponseDetected(
      ClassicHttpRequest request,
      HttpClientConnection connection,
      InputStream in,
      long sent,
      long next)
      throws IOException {
    return sent / EVERY < (sent + next) / EVERY
        && below((ManagedHttpClientConnection) connection).getInputStream().available() > 0
        // of TLS it may be only a ticket for the next connection
        && connection.isDataAvailable(Timeout.ONE_MILLISECOND);
  }

  private Socket below(ManagedHttpClientConnection connection) {
    return below.getOrDefault(connection.getSocket(), connection.getSocket());
  }
}

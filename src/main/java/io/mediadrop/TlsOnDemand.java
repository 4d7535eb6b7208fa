package io.mediadrop;

import java.io.IOException;
import java.net.Socket;
import javax.net.ssl.SSLSocket;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.core5.http.protocol.HttpContext;

/**
 * TLS as the HTTP client does it by default, set up when the first connection wants it: reading the
 * trusted certificates and the list of public suffixes takes a good part of a start.
 */
public class TlsOnDemand implements TlsSocketStrategy {

  private TlsSocketStrategy tls;

  @Override
  public SSLSocket upgrade(
      Socket socket, String target, int port, Object attachment, HttpContext context)
      throws IOException {
    return tls().upgrade(socket, target, port, attachment, context);
  }

  private synchronized TlsSocketStrategy tls() {
    if (tls == null) {
      tls = DefaultClientTlsStrategy.createDefault();
    }
    return tls;
  }
}

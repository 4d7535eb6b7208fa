package io.mediadrop.net;

import java.io.IOException;
import java.net.Socket;
import javax.net.ssl.SSLSocket;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.client5.http.ssl.HostnameVerificationPolicy;
import org.apache.hc.client5.http.ssl.HttpsSupport;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.core5.http.protocol.HttpContext;

/**
 * TLS as the HTTP client does it by default, set up when the first connection wants it: reading the
 * trusted certificates and the list of public suffixes takes a good part of a start. Says what is
 * wrong where it does not come about.
 */
class TlsOnDemand implements TlsSocketStrategy {

  private final Trust trust;
  private final EarlyAnswers earlyAnswers;
  private TlsSocketStrategy tls;

  /** Trusts these authorities, and tells which connections it has secured. */
  TlsOnDemand(Trust trust, EarlyAnswers earlyAnswers) {
    this.trust = trust;
    this.earlyAnswers = earlyAnswers;
  }

  @Override
  public SSLSocket upgrade(
      Socket socket, String target, int port, Object attachment, HttpContext context)
      throws IOException {
    try {
      return earlyAnswers.over(socket, tls().upgrade(socket, target, port, attachment, context));
    } catch (IOException e) {
      throw TlsFailed.of(e, target, port);
    }
  }

  private synchronized TlsSocketStrategy tls() {
    if (tls == null) {
      tls =
          new DefaultClientTlsStrategy(
              trust.context(),
              HostnameVerificationPolicy.BOTH,
              HttpsSupport.getDefaultHostnameVerifier());
    }
    return tls;
  }
}

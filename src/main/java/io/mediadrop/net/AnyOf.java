package io.mediadrop.net;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/** Trusts a server whose certificate any of several stores vouches for. */
class AnyOf extends X509ExtendedTrustManager {

  private interface Check {
    void by(X509ExtendedTrustManager manager) throws CertificateException;
  }

  private final List<X509ExtendedTrustManager> managers;

  AnyOf(List<X509ExtendedTrustManager> managers) {
    this.managers = List.copyOf(managers);
  }

  private void check(X509Certificate[] chain, Check check) throws CertificateException {
    CertificateException telling = null;
    for (X509ExtendedTrustManager manager : managers) {
      try {
        check.by(manager);
        return;
      } catch (CertificateException e) {
        // that it knows nobody says less than why a certificate that it knows is not good
        boolean saysLittle = String.valueOf(e.getMessage()).contains("path building failed");
        telling = telling == null || !saysLittle ? e : telling;
      }
    }
    throw new Untrusted(chain[0], telling);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
      throws CertificateException {
    check(chain, manager -> manager.checkServerTrusted(chain, type, socket));
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
      throws CertificateException {
    check(chain, manager -> manager.checkServerTrusted(chain, type, engine));
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
    check(chain, manager -> manager.checkServerTrusted(chain, type));
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
      throws CertificateException {
    throw new CertificateException("no clients come here");
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
      throws CertificateException {
    throw new CertificateException("no clients come here");
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
    throw new CertificateException("no clients come here");
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return managers.stream()
        .flatMap(manager -> Stream.of(manager.getAcceptedIssuers()))
        .toArray(X509Certificate[]::new);
  }
}

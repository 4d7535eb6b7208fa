package io.mediadrop.net;

import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;

/**
 * A server's certificate that is not trusted, with the certificate, which Java's own leaves out.
 */
class Untrusted extends CertificateException {

  private static final long serialVersionUID = 1L;

  private final transient X509Certificate certificate;

  Untrusted(X509Certificate certificate, CertificateException cause) {
    super(cause.getMessage(), cause);
    this.certificate = certificate;
  }

  X509Certificate certificate() {
    return certificate;
  }
}

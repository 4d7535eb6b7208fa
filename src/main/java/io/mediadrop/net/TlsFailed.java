package io.mediadrop.net;

import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;

/** No secure connection has come about. */
public class TlsFailed extends NotReached {

  private static final long serialVersionUID = 1L;

  private static final String REMEDY =
      "if that is the authority of your company, of a proxy that you trust or your own, have its"
          + " certificate (PEM) in a file and set mediadrop.http.truststore"
          + " (MEDIADROP_HTTP_TRUSTSTORE) to that, or give Java a store with"
          + " -Djavax.net.ssl.trustStore=… in JAVA_OPTS";

  private TlsFailed(String server, String what) {
    super("no secure connection to " + server + ": " + what + "; nothing was sent");
  }

  /** The failure of a handshake in words that say what to do; another failure as it is. */
  static IOException of(IOException failure, String host, int port) {
    String server = host + ":" + port;
    Untrusted untrusted = cause(failure, Untrusted.class);
    if (untrusted != null) {
      return new TlsFailed(server, aboutCertificate(untrusted, host));
    }
    // a connection that breaks off may break off for any reason
    boolean broken =
        cause(failure, SocketException.class) != null
            || cause(failure, SocketTimeoutException.class) != null
            || cause(failure, EOFException.class) != null;
    return failure instanceof SSLException && !broken
        ? new TlsFailed(server, aboutHandshake(String.valueOf(failure.getMessage())))
        : failure;
  }

  private static <T> T cause(Throwable failure, Class<T> type) {
    for (Throwable each = failure; each != null; each = each.getCause()) {
      if (type.isInstance(each)) {
        return type.cast(each);
      }
    }
    return null;
  }

  private static String aboutCertificate(Untrusted untrusted, String host) {
    X509Certificate certificate = untrusted.certificate();
    String whose =
        "its certificate, of %s and issued by %s,"
            .formatted(
                Cleaned.of(certificate.getSubjectX500Principal().getName()),
                Cleaned.of(certificate.getIssuerX500Principal().getName()));
    if (cause(untrusted, CertificateExpiredException.class) != null) {
      return "%s or one above it has expired (its own on %s; it is %s by this machine's clock): whoever runs that server has to renew it"
          .formatted(whose, certificate.getNotAfter().toInstant(), Instant.now());
    }
    if (cause(untrusted, CertificateNotYetValidException.class) != null) {
      return "%s is not valid yet (before %s; it is %s by this machine's clock): look whether that clock is right"
          .formatted(whose, certificate.getNotBefore().toInstant(), Instant.now());
    }
    if (isOfAnotherHost(untrusted)) {
      return "%s is for %s and not for %s: another server answers there, or the address is wrong"
          .formatted(whose, names(certificate), host);
    }
    String said = String.valueOf(untrusted.getMessage());
    if (!said.contains("path building failed")) {
      return whose + " is refused by Java: " + Cleaned.of(said);
    }
    boolean own =
        certificate.getSubjectX500Principal().equals(certificate.getIssuerX500Principal());
    return whose + (own ? " is signed by itself, and" : "") + " is not trusted here; " + REMEDY;
  }

  private static boolean isOfAnotherHost(Untrusted untrusted) {
    String said = String.valueOf(untrusted.getMessage());
    return said.contains("subject alternative") || said.startsWith("No name matching");
  }

  private static String names(X509Certificate certificate) {
    try {
      Collection<List<?>> names = certificate.getSubjectAlternativeNames();
      Stream<String> texts =
          names == null
              ? Stream.of(certificate.getSubjectX500Principal().getName())
              : names.stream().map(name -> String.valueOf(name.get(1)));
      return Cleaned.of(texts.limit(5).collect(Collectors.joining(", ")));
    } catch (CertificateParsingException e) {
      return "other names";
    }
  }

  private static String aboutHandshake(String said) {
    if (said.contains("Unsupported or unrecognized SSL message")) {
      return "what answers there speaks no TLS; look whether the port is right, or is one for plain"
          + " http";
    }
    if (said.contains("protocol_version")
        || said.contains("protocol version")
        || said.contains("appropriate protocol")) {
      return "the server wants another version of TLS than 1.2 and 1.3; whoever runs it has to bring"
          + " it up to date";
    }
    if (said.contains("handshake_failure")
        || said.contains("certificate_required")
        || said.contains("bad_certificate")) {
      return "the server has refused it (%s): it may want a certificate of its client, or have no cipher in common with Java"
          .formatted(Cleaned.of(said));
    }
    return "the handshake failed: " + Cleaned.of(said);
  }
}

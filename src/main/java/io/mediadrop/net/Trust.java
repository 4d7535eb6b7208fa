package io.mediadrop.net;

import io.mediadrop.base.ConfigurationMistake;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/** Which authorities' certificates count: Java's own, and those in a file of the user's. */
public class Trust {

  private static final String KEY = "mediadrop.http.truststore (MEDIADROP_HTTP_TRUSTSTORE)";
  private static final Pattern PEM =
      Pattern.compile(
          "-----BEGIN (?:TRUSTED |X509 )?CERTIFICATE-----[^-]*-----END (?:TRUSTED |X509 )?CERTIFICATE-----");
  private static final int LARGEST = 16 << 20;

  /** What such files are protected by where nobody has thought of a password. */
  private static final List<Optional<String>> PASSWORDS =
      List.of(
          Optional.ofNullable(System.getProperty("javax.net.ssl.trustStorePassword")),
          Optional.of("changeit"),
          Optional.of(""),
          Optional.empty());

  private final Optional<KeyStore> further;

  /** Java's own certificates alone. */
  public Trust() {
    this("");
  }

  /**
   * Java's own, and further ones.
   *
   * @param file certificates in PEM, PKCS 12 or JKS; empty for none
   * @throws ConfigurationMistake if it cannot be read
   */
  public Trust(String file) {
    further = file.isBlank() ? Optional.empty() : Optional.of(read(Path.of(file.strip())));
  }

  /** What secure connections are made with; reading Java's certificates takes a while. */
  SSLContext context() {
    try {
      List<X509ExtendedTrustManager> managers = new ArrayList<>();
      managers.add(manager(null));
      if (further.isPresent()) {
        managers.add(manager(further.get()));
      }
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {new AnyOf(managers)}, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Java's own certificates cannot be read", e);
    }
  }

  private static X509ExtendedTrustManager manager(KeyStore store) throws GeneralSecurityException {
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    for (TrustManager manager : factory.getTrustManagers()) {
      if (manager instanceof X509ExtendedTrustManager x509) {
        return x509;
      }
    }
    throw new GeneralSecurityException("no trust manager for certificates");
  }

  private static KeyStore read(Path file) {
    byte[] content;
    try (InputStream in = Files.newInputStream(file)) {
      content = in.readNBytes(LARGEST);
    } catch (IOException e) {
      throw new ConfigurationMistake(
          "%s: %s cannot be read: name a file of certificates that this user may read"
              .formatted(KEY, file),
          e);
    }
    try {
      KeyStore store = isPem(content) ? ofPem(content) : ofStore(content);
      if (Collections.list(store.aliases()).stream().anyMatch(alias -> holds(store, alias))) {
        return store;
      }
    } catch (GeneralSecurityException | IOException e) {
      // falls through to the one message for everything that has no certificate to give
    }
    throw new ConfigurationMistake(
        "%s: there is no certificate in %s that can be read without a password: write it as PEM, for instance with keytool -list -rfc -keystore %s > ca.pem"
            .formatted(KEY, file, file));
  }

  private static boolean holds(KeyStore store, String alias) {
    try {
      return store.getCertificate(alias) != null;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a store that was loaded cannot be read", e);
    }
  }

  private static boolean isPem(byte[] content) {
    return new String(content, StandardCharsets.ISO_8859_1).contains("-----BEGIN ");
  }

  private static KeyStore ofPem(byte[] content) throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    CertificateFactory factory = CertificateFactory.getInstance("X.509");
    List<String> blocks =
        PEM.matcher(new String(content, StandardCharsets.ISO_8859_1))
            .results()
            .map(MatchResult::group)
            .toList();
    for (String block : blocks) {
      Certificate certificate =
          factory.generateCertificate(
              new ByteArrayInputStream(block.getBytes(StandardCharsets.ISO_8859_1)));
      store.setCertificateEntry("ca-" + store.size(), certificate);
    }
    return store;
  }

  /** Java tells PKCS 12 and JKS from each other by itself. */
  private static KeyStore ofStore(byte[] content) throws GeneralSecurityException, IOException {
    IOException last = null;
    for (Optional<String> password : PASSWORDS) {
      KeyStore store = KeyStore.getInstance("JKS");
      try {
        store.load(
            new ByteArrayInputStream(content), password.map(String::toCharArray).orElse(null));
        if (store.size() > 0) {
          return store;
        }
      } catch (IOException e) {
        last = e;
      }
    }
    throw last == null ? new IOException("it is empty") : last;
  }
}

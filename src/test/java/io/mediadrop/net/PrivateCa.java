package io.mediadrop.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** A company's authority, made by keytool, and the servers that it vouches for. */
public final class PrivateCa {

  private static final String PASSWORD = "password";

  private final Path folder;
  private int made;

  /** Makes the authority, with its files in this folder. */
  public PrivateCa(Path folder) throws IOException {
    this.folder = folder;
    pair(keys(), "ca", "CN=Example Root CA,O=Example Corp", List.of("-ext", "bc:c"));
  }

  private Path keys() {
    return folder.resolve("keys.p12");
  }

  private void pair(Path store, String alias, String name, List<String> further)
      throws IOException {
    List<String> command =
        new ArrayList<>(List.of("-genkeypair", "-alias", alias, "-keyalg", "EC", "-dname", name));
    command.addAll(further);
    keytool(store, command);
  }

  private void keytool(Path store, List<String> arguments) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(Path.of(System.getProperty("java.home"), "bin/keytool").toString()));
    command.addAll(arguments);
    command.addAll(
        List.of("-storetype", "PKCS12", "-storepass", PASSWORD, "-keystore", store.toString()));
    Process keytool = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(keytool.getInputStream().readAllBytes());
    try {
      assertThat(keytool.waitFor()).as(said).isZero();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Its certificate, as PEM. */
  public Path pem() throws IOException {
    Path pem = folder.resolve("ca.pem");
    if (!Files.exists(pem)) {
      keytool(keys(), List.of("-exportcert", "-rfc", "-alias", "ca", "-file", pem.toString()));
    }
    return pem;
  }

  /** Its certificate, in a store of Java's. */
  public Path store(String type, String password) throws IOException {
    Path store = folder.resolve("ca." + type);
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin/keytool").toString(),
                "-importcert",
                "-noprompt",
                "-alias",
                "ca",
                "-file",
                pem().toString(),
                "-storetype",
                type,
                "-storepass",
                password,
                "-keystore",
                store.toString())
            .redirectErrorStream(true)
            .start();
    keytool.getInputStream().readAllBytes();
    return store;
  }

  /** A server's secure socket on this machine, with a certificate for these names. */
  public ServerSocket socket(String names, String... further)
      throws IOException, GeneralSecurityException {
    List<String> options = new ArrayList<>(List.of("-signer", "ca", "-ext", "san=" + names));
    options.addAll(List.of(further));
    String alias = "server" + made++;
    pair(keys(), alias, "CN=server,O=Example Corp", options);
    return listening(context(keys(), alias), InetAddress.getLoopbackAddress());
  }

  /** The same on another address of this machine. */
  public ServerSocket socketAt(InetAddress address, String names)
      throws IOException, GeneralSecurityException {
    String alias = "server" + made++;
    pair(
        keys(),
        alias,
        "CN=server,O=Example Corp",
        List.of("-signer", "ca", "-ext", "san=" + names));
    return listening(context(keys(), alias), address);
  }

  /** A socket whose certificate nobody vouches for but itself. */
  public ServerSocket selfSigned(String names) throws IOException, GeneralSecurityException {
    Path store = folder.resolve("self" + made++ + ".p12");
    pair(store, "self", "CN=self", List.of("-ext", "san=" + names));
    return listening(context(store, "self"), InetAddress.getLoopbackAddress());
  }

  private static ServerSocket listening(SSLContext context, InetAddress address)
      throws IOException {
    return context.getServerSocketFactory().createServerSocket(0, 50, address);
  }

  private SSLContext context(Path store, String alias)
      throws IOException, GeneralSecurityException {
    KeyStore all = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      all.load(in, PASSWORD.toCharArray());
    }
    KeyStore one = KeyStore.getInstance("PKCS12");
    one.load(null, null);
    one.setKeyEntry(
        alias,
        all.getKey(alias, PASSWORD.toCharArray()),
        PASSWORD.toCharArray(),
        all.getCertificateChain(alias));
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(one, PASSWORD.toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    return context;
  }
}

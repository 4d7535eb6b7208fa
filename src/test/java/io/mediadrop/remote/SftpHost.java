package io.mediadrop.remote;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.file.virtualfs.VirtualFileSystemFactory;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.keyprovider.SimpleGeneratorHostKeyProvider;
import org.apache.sshd.sftp.server.SftpSubsystemFactory;

/** An SFTP server in this process, with one account on a folder of this machine. */
final class SftpHost implements AutoCloseable {

  static final String USER = "alice";
  static final String PASSWORD = "pa55-{{wörd}}-of-the-nas";

  private final Path root;
  private final Path keys;
  private final AtomicInteger logins = new AtomicInteger();
  private SshServer server;
  private int port;

  private SftpHost(Path root, Path keys) {
    this.root = root;
    this.keys = keys;
  }

  /** Serves a folder; its keys are put beside it. */
  static SftpHost on(Path folder) throws IOException {
    SftpHost host =
        new SftpHost(Files.createDirectories(folder), folder.resolveSibling("host.key"));
    host.start();
    return host;
  }

  /** Starts again where it was. */
  void start() throws IOException {
    server = SshServer.setUpDefaultServer();
    server.setHost(InetAddress.getLoopbackAddress().getHostAddress());
    server.setPort(port);
    SimpleGeneratorHostKeyProvider key = new SimpleGeneratorHostKeyProvider(keys);
    key.setAlgorithm("EC");
    key.setKeySize(256);
    server.setKeyPairProvider(key);
    server.setPasswordAuthenticator(
        (user, password, session) -> {
          logins.incrementAndGet();
          return user.equals(USER) && password.equals(PASSWORD);
        });
    server.setFileSystemFactory(new VirtualFileSystemFactory(root));
    server.setSubsystemFactories(List.of(new SftpSubsystemFactory()));
    server.start();
    port = server.getPort();
  }

  /** Ends at once, as a server that loses its power; the ones that are connected lose it. */
  void stop() throws IOException {
    server.stop(true);
  }

  /** Gets a new key, as a server that was set up anew, or another one in its place. */
  void changeKey() throws IOException {
    stop();
    Files.delete(keys);
    start();
  }

  /** How many times somebody tried to log in. */
  int logins() {
    return logins.get();
  }

  int port() {
    return port;
  }

  /** The folder that the account sees as its root. */
  Path root() {
    return root;
  }

  /** What belongs into a file of known hosts. */
  String knownHostsLine() throws IOException {
    try {
      PublicKey key =
          server
              .getKeyPairProvider()
              .loadKey(null, KeyPairProvider.ECDSA_SHA2_NISTP256)
              .getPublic();
      return "[127.0.0.1]:" + port + " " + PublicKeyEntry.toString(key);
    } catch (java.security.GeneralSecurityException e) {
      throw new IOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    stop();
  }
}

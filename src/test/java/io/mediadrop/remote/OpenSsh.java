package io.mediadrop.remote;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A real OpenSSH server on the loopback address, with keys and settings of its own. */
final class OpenSsh implements AutoCloseable {

  static final String PASSPHRASE = "correct horse {{battery}}";

  private static final Path PROGRAM = Path.of("/usr/sbin/sshd");

  /** Where the server wants an empty folder when the administrator starts it. */
  private static final Path RUN = Path.of("/run/sshd");

  private final Path folder;
  private final int port;
  private String subsystem = "internal-sftp";
  private Process process;

  private OpenSsh(Path folder) throws IOException {
    this.folder = folder;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
  }

  static boolean isInstalled() {
    return Files.isExecutable(PROGRAM);
  }

  /** Starts with new keys in this folder. */
  static OpenSsh on(Path folder) throws Exception {
    OpenSsh server = new OpenSsh(Files.createDirectories(folder));
    makeKey(folder.resolve("host_key"), "ed25519", "");
    makeKey(folder.resolve("user_key"), "ed25519", PASSPHRASE);
    Files.copy(folder.resolve("user_key.pub"), folder.resolve("authorized_keys"));
    if (user().equals("root")) {
      Files.createDirectories(RUN);
    }
    server.start();
    return server;
  }

  /** Makes a key, in the place of one that may be there. */
  static void makeKey(Path file, String type, String passphrase) throws Exception {
    Files.deleteIfExists(file);
    run("ssh-keygen", "-q", "-t", type, "-N", passphrase, "-f", file.toString());
  }

  private static void run(String... command) throws Exception {
    Process process = new ProcessBuilder(command).inheritIO().start();
    if (process.waitFor() != 0) {
      throw new IOException(String.join(" ", command) + " ended with " + process.exitValue());
    }
  }

  /** Starts, also again. */
  void start() throws Exception {
    Path config = folder.resolve("sshd_config");
    Files.writeString(
        config,
        """
        Port %d
        ListenAddress 127.0.0.1
        HostKey %s/host_key
        PidFile none
        AuthorizedKeysFile %s/authorized_keys
        StrictModes no
        PermitRootLogin yes
        PasswordAuthentication yes
        KbdInteractiveAuthentication no
        UsePAM no
        Subsystem sftp %s
        """
            .formatted(port, folder, folder, subsystem));
    process =
        new ProcessBuilder(PROGRAM.toString(), "-D", "-e", "-f", config.toString())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("log").toFile()))
            .start();
    while (!answers()) {
      if (!process.isAlive()) {
        throw new IOException("sshd did not start: " + Files.readString(folder.resolve("log")));
      }
      Thread.onSpinWait();
    }
  }

  private boolean answers() {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  /** Ends at once, with all connections. */
  void stop() {
    List<ProcessHandle> connections = process.descendants().toList();
    process.destroyForcibly().onExit().join();
    connections.forEach(ProcessHandle::destroyForcibly);
  }

  /** Lets nobody change anything, or again; from the next start on. */
  void setReadOnly(boolean readOnly) {
    subsystem = readOnly ? "internal-sftp -R" : "internal-sftp";
  }

  /** Starts again with this in its settings as the subsystem, and what follows on further lines. */
  void restartWith(String subsystem) throws Exception {
    stop();
    this.subsystem = subsystem;
    start();
  }

  int port() {
    return port;
  }

  static String user() {
    return System.getProperty("user.name");
  }

  Path userKey() {
    return folder.resolve("user_key");
  }

  /** What belongs into a file of known hosts. */
  String knownHostsLine() throws IOException {
    String[] key = Files.readString(folder.resolve("host_key.pub")).split(" ");
    return "[127.0.0.1]:" + port + " " + key[0] + " " + key[1].strip();
  }

  @Override
  public void close() {
    stop();
  }
}

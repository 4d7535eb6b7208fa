package io.mediadrop.remote;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** An SFTP server of somebody else on the loopback address, for one account with a password. */
final class OtherServer implements AutoCloseable {

  static final String USER = "media";

  private final Path files;
  private final Path work;
  private final int port;
  private Process process;

  private OtherServer(Path folder) throws Exception {
    files = Files.createDirectories(folder.resolve("files"));
    work = Files.createDirectories(folder.resolve("server"));
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", work.resolve("host_key").toString());
  }

  /** {@code rclone serve sftp}. */
  static OtherServer rclone(Path folder) throws Exception {
    OtherServer server = new OtherServer(folder);
    server.start(
        command("rclone", "rclone"),
        "serve",
        "sftp",
        server.files.toString(),
        "--addr",
        "127.0.0.1:" + server.port,
        "--user",
        USER,
        "--pass",
        SftpHost.PASSWORD,
        "--key",
        server.work.resolve("host_key").toString(),
        "--config",
        "/dev/null",
        // what is put into the folder from outside is seen at once
        "--dir-cache-time",
        "0s");
    return server;
  }

  /** ProFTPD with its module for SFTP. */
  static OtherServer proftpd(Path folder) throws Exception {
    OtherServer server = new OtherServer(folder);
    command("/usr/lib/proftpd/mod_sftp.so", "proftpd-mod-crypto");
    Path accounts = server.work.resolve("passwd");
    Files.writeString(
        accounts,
        "%s:%s:%s:%s::%s:/bin/sh\n"
            .formatted(
                USER,
                output("openssl", "passwd", "-6", SftpHost.PASSWORD),
                output("id", "-u"),
                output("id", "-g"),
                server.files));
    run("chmod", "600", accounts.toString());
    Path config = server.work.resolve("proftpd.conf");
    Files.writeString(
        config,
        """
        ServerType standalone
        ServerName test
        DefaultServer on
        DefaultAddress 127.0.0.1
        UseIPv6 off
        Port %d
        ModulePath /usr/lib/proftpd
        LoadModule mod_sftp.c
        User %s
        Group %s
        RootLogin on
        RequireValidShell off
        AuthPAM off
        AuthOrder mod_auth_file.c
        AuthUserFile %s
        ScoreboardFile %s/scoreboard
        PidFile %s/pid
        DelayEngine off
        SystemLog none
        WtmpLog off
        SFTPEngine on
        SFTPHostKey %s/host_key
        SFTPAuthMethods password
        """
            .formatted(
                server.port,
                output("id", "-un"),
                output("id", "-gn"),
                accounts,
                server.work,
                server.work,
                server.work));
    server.start(command("proftpd", "proftpd-core"), "-n", "-c", config.toString());
    return server;
  }

  /** A program or file; without it the tests fail. */
  private static String command(String name, String debianPackage) throws IOException {
    for (String folder : List.of("", "/usr/bin/", "/usr/sbin/")) {
      if (Files.exists(Path.of(folder + name)) && (folder + name).startsWith("/")) {
        return folder + name;
      }
    }
    throw new IOException(name + " is missing: install the Debian package " + debianPackage);
  }

  private void start(String... command) throws Exception {
    Path log = work.resolve("log");
    process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    while (!answers()) {
      if (!process.isAlive()) {
        throw new IOException(command[0] + " did not start: " + Files.readString(log));
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

  private static void run(String... command) throws Exception {
    output(command);
  }

  private static String output(String... command) throws Exception {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException(String.join(" ", command) + ": " + output);
    }
    return output.strip();
  }

  /** The folder that the account sees. */
  Path files() {
    return files;
  }

  int port() {
    return port;
  }

  /** What belongs into a file of known hosts. */
  String knownHostsLine() throws IOException {
    String[] key = Files.readString(work.resolve("host_key.pub")).split(" ");
    return "[127.0.0.1]:" + port + " " + key[0] + " " + key[1].strip();
  }

  @Override
  public void close() {
    List<ProcessHandle> connections = process.descendants().toList();
    process.destroyForcibly().onExit().join();
    connections.forEach(ProcessHandle::destroyForcibly);
  }
}

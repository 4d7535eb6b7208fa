package io.mediadrop.remote;

import io.mediadrop.cli.Running;
import io.mediadrop.kit.Mediadrop;
import io.mediadrop.sandbox.Sandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.Map;

/** A configuration folder with one lane over a server of this machine. */
public final class SftpLane {

  private final Path config;
  private final Map<String, String> parameters = new LinkedHashMap<>();

  private SftpLane(Path config) {
    this.config = config;
  }

  /** A lane named {@code nas} over the folder {@code in}, by password, with the right host key. */
  public static SftpLane over(SftpHost host, Path config) throws IOException {
    SftpLane lane = new SftpLane(Files.createDirectories(config.resolve("lanes")).getParent());
    Files.writeString(lane.knownHosts(), host.knownHostsLine() + "\n");
    Files.createDirectories(host.root().resolve("in"));
    return lane.at(host.port(), SftpHost.USER, "in").with("password", "{{nas.password}}");
  }

  /** A lane named {@code nas} that can log in nowhere yet. */
  static SftpLane empty(Path config) throws IOException {
    return new SftpLane(Files.createDirectories(config.resolve("lanes")).getParent());
  }

  SftpLane at(int port, String user, String directory) {
    return with("host", "127.0.0.1")
        .with("port", Integer.toString(port))
        .with("username", user)
        .with("directory", directory)
        .with("knownHostsFile", knownHosts().toString())
        .with("connectionId", "{{mediadrop.api.connection-id}}");
  }

  public SftpLane with(String parameter, String value) {
    parameters.put(parameter, value);
    return this;
  }

  /** Puts the secrets of the accounts where a process of its own finds them. */
  public static void writeSecrets(Path config) throws IOException {
    Path secrets = config.resolve("secrets.properties");
    Files.writeString(
        secrets,
        "nas.password = %s\nnas.passphrase = %s\n"
            .formatted(SftpHost.PASSWORD, OpenSsh.PASSPHRASE));
    Files.setPosixFilePermissions(secrets, PosixFilePermissions.fromString("rw-------"));
  }

  Path knownHosts() {
    return config.resolve("known_hosts");
  }

  /** The folder of the configuration, with the lane in it. */
  public Path written() throws IOException {
    StringBuilder yaml = new StringBuilder("- templatedRoute:\n    routeId: nas\n");
    yaml.append("    routeTemplateRef: sftp-lane\n    parameters:\n");
    parameters.forEach(
        (name, value) ->
            yaml.append("      - name: ")
                .append(name)
                .append('\n')
                .append("        value: \"")
                .append(value)
                .append("\"\n"));
    Files.writeString(config.resolve("lanes/nas.camel.yaml"), yaml);
    return config;
  }

  /** Starts it with this lane. */
  void start(Mediadrop mediadrop) throws Exception {
    prepare(mediadrop).start();
  }

  /** Gives it this lane, and nothing else to wait for. */
  Mediadrop prepare(Mediadrop mediadrop) throws IOException {
    return mediadrop.config(written()).impatiently().with("nas.password", SftpHost.PASSWORD);
  }

  Running start(Path home, Sandbox sandbox) throws Exception {
    return running(home).start(sandbox);
  }

  Running.Builder running(Path home) throws IOException {
    return Running.on(home).config(written()).impatiently().with("nas.password", SftpHost.PASSWORD);
  }
}

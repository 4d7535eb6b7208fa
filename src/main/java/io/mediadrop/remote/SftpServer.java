package io.mediadrop.remote;

import com.jcraft.jsch.ChannelSftp;
import com.jcraft.jsch.SftpException;
import io.mediadrop.base.ConfigurationMistake;
import io.mediadrop.base.Literal;
import io.mediadrop.base.Printable;
import io.mediadrop.file.FileNames;
import io.mediadrop.file.FileStamp;
import io.mediadrop.lane.ServerFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.camel.LoggingLevel;
import org.apache.camel.component.file.remote.SftpConfiguration;
import org.apache.camel.component.file.remote.SftpEndpoint;

/** A folder of an SFTP server, and the account that a lane works in it with. */
public class SftpServer {

  /** What is done with a file on the server once it is uploaded. */
  enum After {
    DONE,
    DELETE,
    KEEP
  }

  private static final int SSH = 22;

  private static final Set<String> WORDS = Set.of("done", "delete", "keep");

  private String host;
  private int port;
  private String username;
  private String password;
  private String privateKeyFile;
  private String privateKeyPassphrase;
  private String knownHostsFile;
  private String directory;
  private String after;
  private final RemoteMoves moves = new RemoteMoves();
  private SftpSessions sessions;

  /** Does nothing if a lane can be made of what was written; the server itself is not asked. */
  void check(String lane) {
    require(!host.isBlank() && !username.isBlank(), lane, "host and username must not be empty");
    require(!directory.isBlank(), lane, "directory is empty: write the folder, or . for the first");
    require(
        directory.chars().noneMatch(c -> c == '*' || c == '?' || c == '\\'),
        lane,
        "the directory '" + directory + "' must not contain *, ? or \\: rename the folder");
    require(
        WORDS.contains(after), lane, "after is '" + after + "': write one of done, delete, keep");
    require(
        !password.isEmpty() || !privateKeyFile.isEmpty(),
        lane,
        "there is no way to log in: give it a privateKeyFile or a password");
    require(
        privateKeyFile.isEmpty() || Files.isReadable(Path.of(privateKeyFile)),
        lane,
        "the privateKeyFile " + privateKeyFile + " cannot be read: write the path of the key");
    require(
        !knownHostsFile.isBlank() && !Files.isDirectory(Path.of(knownHostsFile)),
        lane,
        "knownHostsFile must be a file with the server's key, as ssh writes it");
  }

  private static void require(boolean right, String lane, String remedy) {
    if (!right) {
      throw new ConfigurationMistake(lane + ": " + remedy);
    }
  }

  /**
   * Completes the endpoint. What people write comes in here and not by the endpoint's URI: there
   * the secrets would be seen, and absolute folders would become relative ones.
   *
   * @throws IOException if the file of known hosts cannot be read
   */
  void configure(SftpEndpoint endpoint) throws IOException {
    SftpConfiguration configuration = endpoint.getConfiguration();
    configuration.setUsername(username);
    configuration.setKnownHosts(knownKeys().plain());
    configuration.setDirectory(directory);
    // what goes wrong is told by the lane, once
    configuration.setJschLoggingLevel(LoggingLevel.OFF);
    if (!password.isEmpty()) {
      configuration.setPassword(password);
    }
    if (!privateKeyFile.isEmpty()) {
      configuration.setPrivateKeyFile(privateKeyFile);
      configuration.setPrivateKeyPassphrase(privateKeyPassphrase);
    }
    if (sessions == null) {
      sessions = new SftpSessions(endpoint);
    }
  }

  /** The connections that files are fetched by; there are none before the first listing. */
  SftpSessions sessions() {
    return sessions;
  }

  /** How files are taken away from their places there. */
  RemoteMoves moves() {
    return moves;
  }

  /** Lets go of the server. */
  public void close() {
    if (sessions != null) {
      sessions.close();
    }
  }

  /** What is done with an uploaded file. */
  After after() {
    return After.valueOf(after.toUpperCase(Locale.ROOT));
  }

  /** The path on the server of a path below the folder. */
  String path(String relative) {
    return directory.equals("/") ? "/" + relative : directory + "/" + relative;
  }

  /**
   * Creates the folders of a place below this one, as far as they are missing. One whose name a
   * file has gets a number, but for {@code done} and {@code failed} themselves.
   *
   * @return the place in those folders
   */
  String createFolders(SftpSession session, String place) throws SftpException {
    String free = place.substring(0, place.indexOf('/'));
    if (!session.createFolder(path(free))) {
      throw new SftpException(
          ChannelSftp.SSH_FX_FAILURE, "a file is named " + free + ", as the folder should be");
    }
    String[] names = place.split("/");
    for (int i = 1; i < names.length - 1; i++) {
      String wanted = free + "/" + names[i];
      free = wanted;
      for (int n = 2; !session.createFolder(path(free)); n++) {
        free = FileNames.numbered(wanted, n);
      }
    }
    return free + "/" + names[names.length - 1];
  }

  /** What is below the folder of a path on the server. */
  String relative(String path) {
    return path.substring(path("").length());
  }

  /** A path below the folder, for people. */
  String place(String relative) {
    return Printable.of(host + ":" + path(relative));
  }

  /** Identifies one content at one place on this server. */
  String origin(String relative, FileStamp stamp) {
    return originsAt(relative) + stamp.size() + " " + stamp.modified();
  }

  /** How all identities of a place on this server begin. */
  public String originsAt(String relative) {
    return "sftp://" + host + ":" + port + "/" + path(relative) + "\n";
  }

  /** The folder, as it is compared with those of other lanes. */
  Path place() {
    return ServerFolder.place(host, port, username, directory);
  }

  /** The files of this machine that decide whether the server is let in and lets us in. */
  List<Path> keyFiles() {
    return privateKeyFile.isEmpty()
        ? List.of(Path.of(knownHostsFile))
        : List.of(Path.of(knownHostsFile), Path.of(privateKeyFile));
  }

  String username() {
    return username;
  }

  /** What the file of known hosts says of the server now. */
  KnownKeys knownKeys() throws IOException {
    return KnownKeys.of(Path.of(knownHostsFile), host, port);
  }

  String knownHostsFile() {
    return knownHostsFile;
  }

  public void setHost(String host) {
    this.host = host;
  }

  public void setPort(int port) {
    this.port = port;
  }

  public void setUsername(String username) {
    this.username = username;
  }

  public void setPassword(String password) {
    this.password = Literal.unwrap(password);
  }

  public void setPrivateKeyFile(String file) {
    privateKeyFile = file;
  }

  public void setPrivateKeyPassphrase(String passphrase) {
    privateKeyPassphrase = Literal.unwrap(passphrase);
  }

  public void setKnownHostsFile(String file) {
    knownHostsFile = file;
  }

  /** The folder; a relative one begins where the login ends up. */
  public void setDirectory(String directory) {
    this.directory =
        directory.length() > 1 && directory.endsWith("/")
            ? directory.substring(0, directory.length() - 1)
            : directory;
  }

  /** {@code done}: moved to a folder of that name; {@code delete}; {@code keep}. */
  public void setAfter(String after) {
    this.after = after;
  }

  /** The account, the server with a port that is not ssh's own, and the folder. */
  @Override
  public String toString() {
    String server = port == SSH ? host : "[" + host + "]:" + port;
    return Printable.of(username + "@" + server + ":" + directory);
  }
}

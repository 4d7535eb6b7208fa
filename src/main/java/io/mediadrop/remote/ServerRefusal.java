package io.mediadrop.remote;

import com.jcraft.jsch.HostKey;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.JSchHostKeyException;
import io.mediadrop.base.Printable;
import java.io.IOException;
import java.util.Optional;
import org.apache.camel.component.file.remote.SftpEndpoint;

/**
 * Why a server cannot be worked with until a person has done something.
 *
 * @param what happened, in one sentence
 * @param remedy what to do
 */
record ServerRefusal(String what, String remedy) {

  /** What the library says before any server is asked. */
  private static final String WRONG_PASSPHRASE = "Incorrect passphrase provided.";

  /** What a failed connection says; nothing if it may go better the next time. */
  static Optional<ServerRefusal> of(Exception failure, SftpServer server, SftpEndpoint endpoint) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof JSchHostKeyException) {
        return ofKey(server, endpoint);
      }
      if (cause instanceof JSchException && WRONG_PASSPHRASE.equals(cause.getMessage())) {
        return Optional.of(ofPassphrase(server, endpoint));
      }
      if (cause instanceof JSchException && isAboutLogin(String.valueOf(cause.getMessage()))) {
        return Optional.of(ofLogin(cause.getMessage(), server));
      }
    }
    return Optional.empty();
  }

  private static ServerRefusal ofPassphrase(SftpServer server, SftpEndpoint endpoint) {
    return new ServerRefusal(
        "The key for %s in %s cannot be opened with its passphrase."
            .formatted(server, Printable.of(endpoint.getConfiguration().getPrivateKeyFile())),
        "Check the lane's privateKeyPassphrase.");
  }

  private static boolean isAboutLogin(String message) {
    return message.startsWith("Auth ")
        || message.startsWith("USERAUTH")
        || message.startsWith("invalid privatekey")
        || message.contains("Too many authentication failures");
  }

  private static ServerRefusal ofLogin(String message, SftpServer server) {
    return new ServerRefusal(
        "The server does not let %s in: %s.".formatted(server, Printable.of(message)),
        "Check the lane's username and its password, or its privateKeyFile and"
            + " privateKeyPassphrase.");
  }

  private static Optional<ServerRefusal> ofKey(SftpServer server, SftpEndpoint endpoint) {
    try {
      HostKey key = new SftpLogin(endpoint).refusedKey();
      return key == null ? Optional.empty() : Optional.of(ofKey(key, server.knownKeys(), server));
    } catch (JSchException | IOException e) {
      return Optional.empty();
    }
  }

  private static ServerRefusal ofKey(HostKey shown, KnownKeys known, SftpServer server) {
    HostKeyNote key = HostKeyNote.of(shown);
    String file = server.knownHostsFile();
    if (known.hasRevoked(shown.getKey())) {
      return new ServerRefusal(
          "The server %s shows a key that is marked as @revoked in %s: %s."
              .formatted(server, file, key.fingerprint()),
          "Somebody may stand in its place with a stolen key: ask whoever runs it for the new one.");
    }
    if (known.hasAnother(shown.getType())) {
      return new ServerRefusal(
          "The server %s shows another key than the one in %s: %s."
              .formatted(server, file, key.fingerprint()),
          "Somebody may stand in its place. If whoever runs it confirms the new key,"
              + " put this line there instead of the old one: "
              + key.line());
    }
    return new ServerRefusal(
        "The server %s shows a key that is not in %s: %s."
            .formatted(server, file, key.fingerprint()),
        (known.certified()
                ? "The file has an @cert-authority for it, but certificates of servers cannot be"
                    + " checked here. "
                : "")
            + "If whoever runs it confirms that key, add this line there: "
            + key.line());
  }
}

package io.mediadrop.remote;

import com.jcraft.jsch.HostKey;
import com.jcraft.jsch.JSchChangedHostKeyException;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.JSchHostKeyException;
import io.mediadrop.source.Printable;
import java.util.Optional;
import org.apache.camel.component.file.remote.SftpEndpoint;

/**
 * Why a server cannot be worked with until a person has done something.
 *
 * @param what happened, in one sentence
 * @param remedy what to do
 */
record ServerRefusal(String what, String remedy) {

  /** What a failed connection says; nothing if it may go better the next time. */
  static Optional<ServerRefusal> of(Exception failure, SftpServer server, SftpEndpoint endpoint) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof JSchHostKeyException key) {
        return ofKey(key, server, endpoint);
      }
      if (cause instanceof JSchException && isAboutLogin(String.valueOf(cause.getMessage()))) {
        return Optional.of(ofLogin(cause.getMessage(), server));
      }
    }
    return Optional.empty();
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

  private static Optional<ServerRefusal> ofKey(
      JSchHostKeyException refused, SftpServer server, SftpEndpoint endpoint) {
    try {
      HostKey key = SftpSession.refusedKey(endpoint);
      return key == null
          ? Optional.empty()
          : Optional.of(ofKey(refused, HostKeyNote.of(key), server));
    } catch (JSchException e) {
      return Optional.empty();
    }
  }

  private static ServerRefusal ofKey(
      JSchHostKeyException refused, HostKeyNote key, SftpServer server) {
    boolean changed = refused instanceof JSchChangedHostKeyException;
    return new ServerRefusal(
        changed
            ? "The server %s shows another key than the one in %s: %s."
                .formatted(server, server.knownHostsFile(), key.fingerprint())
            : "The server %s shows a key that is not in %s: %s."
                .formatted(server, server.knownHostsFile(), key.fingerprint()),
        (changed
                ? "Somebody may stand in its place. If whoever runs it confirms the new key,"
                    + " put this line there instead of the old one: "
                : "If whoever runs it confirms that key, add this line there: ")
            + key.line());
  }
}

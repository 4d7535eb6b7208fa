package io.mediadrop.remote;

import com.jcraft.jsch.SftpException;
import io.mediadrop.source.Printable;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files that could not be put away on their server. That is told once for each lane until files
 * can be put away again, and once for each file.
 */
class StuckFiles {

  private static final Logger LOG = LoggerFactory.getLogger("mediadrop");

  private final Set<String> origins = ConcurrentHashMap.newKeySet();
  private final Set<String> alarmed = ConcurrentHashMap.newKeySet();

  /** The server does not let the file be put away. */
  void refused(RemoteFile file, SftpException refusal) {
    // what has a cause is a broken connection, and no answer of the server
    if (refusal.getCause() == null) {
      tell(
          file,
          String.valueOf(refusal.getMessage()),
          "Give the account the rights to create folders and to move files there");
    }
  }

  /** The server has said that it was put away. */
  void notSeen(RemoteFile file, NotSeen why) {
    tell(file, why.getMessage(), "See to it on the server");
  }

  private void tell(RemoteFile file, String what, String remedy) {
    if (origins.add(file.origin()) && alarmed.add(file.lane().name())) {
      LOG.error(
          "{} cannot be put away on {}, nor can others perhaps, which is tried again: {}. {}, or"
              + " set the lane's after to keep. Nothing is uploaded twice",
          file,
          file.server(),
          Printable.of(what),
          remedy);
    }
  }

  /** Whether the file with this origin could not be put away. */
  boolean has(String origin) {
    return origins.contains(origin);
  }

  /** A file was put away. */
  void worked(RemoteFile file) {
    alarmed.remove(file.lane().name());
    origins.remove(file.origin());
  }

  /** The file with this origin is not there any more. */
  void forget(String origin) {
    origins.remove(origin);
  }
}

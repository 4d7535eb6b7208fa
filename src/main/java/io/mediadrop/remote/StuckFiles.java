package io.mediadrop.remote;

import com.jcraft.jsch.SftpException;
import io.mediadrop.base.Printable;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files of a lane that could not be put away on their server. Each reason is told once, for the
 * first of them, until all could be put away.
 */
class StuckFiles {

  private static final Logger LOG = LoggerFactory.getLogger("mediadrop");

  /** Why, by what identifies the file. */
  private final Map<String, String> reasons = new HashMap<>();

  private final Set<String> told = new HashSet<>();

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

  private synchronized void tell(RemoteFile file, String what, String remedy) {
    reasons.put(file.origin(), what);
    if (told.add(what)) {
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
  synchronized boolean has(String origin) {
    return reasons.containsKey(origin);
  }

  /** The file with this origin is not there any more. */
  synchronized void forget(String origin) {
    reasons.remove(origin);
    if (reasons.isEmpty()) {
      told.clear();
    }
  }
}

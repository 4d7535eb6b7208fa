package io.mediadrop.remote;

import com.jcraft.jsch.ChannelSftp;
import com.jcraft.jsch.SftpException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The folders of a server that must not be listed. One of them ends Camel's whole listing, so that
 * it is left out of the next ones for a while.
 */
class BarredFolders {

  /** What Camel says of a folder that it could not list. */
  private static final Pattern LISTING =
      Pattern.compile("Cannot list directory: (.*)", Pattern.DOTALL);

  private final Map<String, Long> until = new HashMap<>();
  private final Duration time;

  /** Leaves each folder out for this time. */
  BarredFolders(Duration time) {
    this.time = time;
  }

  /** Whether a folder below the lane's is left out. */
  boolean has(String folder) {
    Long end = until.get(folder);
    return end != null && System.nanoTime() - end < 0;
  }

  /** Leaves the folder out that made a listing fail; false if something else was wrong. */
  boolean add(Exception failure, SftpServer server) {
    Optional<String> folder =
        deniedIn(failure)
            .filter(path -> path.startsWith(server.path("")))
            .map(server::relative)
            .filter(relative -> !relative.isEmpty());
    folder.ifPresent(relative -> until.put(relative, System.nanoTime() + time.toNanos()));
    return folder.isPresent();
  }

  private static Optional<String> deniedIn(Exception failure) {
    Matcher listing = LISTING.matcher(String.valueOf(failure.getMessage()));
    boolean denied =
        failure.getCause() instanceof SftpException reason
            && reason.id == ChannelSftp.SSH_FX_PERMISSION_DENIED;
    return denied && listing.find() ? Optional.of(listing.group(1)) : Optional.empty();
  }
}

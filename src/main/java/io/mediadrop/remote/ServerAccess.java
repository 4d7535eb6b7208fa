package io.mediadrop.remote;

import com.jcraft.jsch.SftpException;
import io.mediadrop.base.Printable;
import io.mediadrop.file.FileStamp;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.camel.component.file.remote.SftpEndpoint;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides when a server that could not be worked with is tried again, and says once why. Trouble
 * that passes is tried ever more rarely; what a person must put right, when that may have happened.
 */
class ServerAccess {

  private static final Logger LOG = LoggerFactory.getLogger("mediadrop.lane");

  private static final Duration FIRST = Duration.ofSeconds(1);

  /** A server locks accounts that try the wrong password too often. */
  private static final Duration LONGEST_REFUSED = Duration.ofHours(1);

  private final RemoteLane lane;
  private final SftpServer server;
  private final Duration longestWait;
  private final Duration probe;

  private boolean proven;
  private boolean refused;
  private String said = "";
  private Duration wait = Duration.ZERO;
  private long since = System.nanoTime();
  private List<String> keyFiles = List.of();

  /**
   * Nothing has happened yet.
   *
   * @param longestWait for trouble that passes
   * @param probe the first wait where a person must do something
   */
  ServerAccess(RemoteLane lane, SftpServer server, Duration longestWait, Duration probe) {
    this.lane = lane;
    this.server = server;
    this.longestWait = longestWait;
    this.probe = probe;
    lane.reach().lost(server + " has not been listed yet");
  }

  /** Whether the server may be tried now. */
  boolean isDue() {
    return System.nanoTime() - since >= wait.toNanos()
        || refused && !keyFiles.equals(stampsOfKeyFiles());
  }

  /** Whether the last listing went well. */
  boolean isProven() {
    return proven;
  }

  /** Whether a person has to do something. */
  boolean isRefused() {
    return refused;
  }

  /** The server was listed: whatever was wrong is over. */
  void worked() {
    if (refused) {
      lane.pause().letGo();
      LOG.info("Resumed: lane {}", lane);
    } else if (!said.isEmpty()) {
      LOG.info("Lane {}: {} can be listed again", lane, server);
    }
    lane.reach().found();
    proven = true;
    refused = false;
    said = "";
    wait = Duration.ZERO;
  }

  /** The server could not be listed. */
  void failed(Exception failure, SftpEndpoint endpoint) {
    Optional<ServerRefusal> refusal = ServerRefusal.of(failure, server, endpoint);
    boolean first = wait.isZero() || refused != refusal.isPresent();
    refused = refusal.isPresent();
    proven = false;
    since = System.nanoTime();
    keyFiles = stampsOfKeyFiles();
    if (refused) {
      wait = first ? probe : shorter(wait.plus(wait), LONGEST_REFUSED);
      lane.pause().hold(refusal.get().what() + " " + refusal.get().remedy());
      alarm(refusal.get());
    } else {
      lane.pause().letGo();
      wait = shorter(first ? FIRST : wait.plus(wait), longestWait);
      warn(reason(failure));
    }
  }

  private void alarm(ServerRefusal refusal) {
    if (!said.equals(refusal.what())) {
      LOG.error("Paused: lane {}. {} {}", lane, refusal.what(), refusal.remedy());
      said = refusal.what();
    }
  }

  private void warn(String reason) {
    lane.reach().lost("%s cannot be listed, which is tried again: %s".formatted(server, reason));
    if (!said.equals(reason)) {
      LOG.warn("Lane {}: {} cannot be listed, which is tried again: {}", lane, server, reason);
      said = reason;
    }
  }

  private static String reason(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null && !(root instanceof SftpException)) {
      root = root.getCause();
    }
    return Printable.of(String.valueOf(root.getMessage()));
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  private List<String> stampsOfKeyFiles() {
    List<String> stamps = new ArrayList<>();
    for (Path file : server.keyFiles()) {
      try {
        stamps.add(FileStamp.of(file).toString());
      } catch (IOException e) {
        stamps.add("none");
      }
    }
    return stamps;
  }
}

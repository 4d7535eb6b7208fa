package io.mediadrop.remote;

import com.jcraft.jsch.ChannelSftp;
import com.jcraft.jsch.SftpException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.apache.camel.component.file.remote.SftpEndpoint;

/**
 * The connections that a lane's workers fetch files by: as many as work at the moment, kept for a
 * while since a login takes longer than a photo. Camel's own connection only lists, so that a large
 * file holds no listing up.
 */
class SftpSessions {

  /** What is done on a connection. */
  interface Work<T> {
    T in(SftpSession session) throws Exception;
  }

  private record Idle(SftpSession session, long since) {}

  private final Deque<Idle> idle = new ConcurrentLinkedDeque<>();
  private final SftpEndpoint endpoint;
  private volatile boolean closed;

  SftpSessions(SftpEndpoint endpoint) {
    this.endpoint = endpoint;
  }

  /** Does some work on a connection that nobody else uses meanwhile. */
  <T> T with(Work<T> work) throws Exception {
    SftpSession session = take();
    boolean sound = false;
    try {
      T result = work.in(session);
      sound = true;
      return result;
    } catch (SftpException e) {
      sound = isAboutTheFile(e);
      throw e;
    } finally {
      giveBack(session, sound);
    }
  }

  /**
   * The content of a file, on a connection that is its own until it is closed; null if the file is
   * not there or must not be read.
   */
  InputStream read(String path) throws Exception {
    SftpSession session = take();
    try {
      return new FilterInputStream(session.read(path)) {
        @Override
        public void close() throws IOException {
          boolean sound = false;
          try {
            super.close();
            sound = true;
          } finally {
            giveBack(session, sound);
          }
        }
      };
    } catch (SftpException e) {
      giveBack(session, isAboutTheFile(e));
      if (isAboutTheFile(e)) {
        return null;
      }
      throw e;
    }
  }

  private SftpSession take() throws Exception {
    for (Idle next = idle.pollFirst(); next != null; next = idle.pollFirst()) {
      if (next.session().isConnected()) {
        return next.session();
      }
      next.session().close();
    }
    return SftpSession.open(endpoint);
  }

  private static boolean isAboutTheFile(SftpException e) {
    return e.id == ChannelSftp.SSH_FX_NO_SUCH_FILE || e.id == ChannelSftp.SSH_FX_PERMISSION_DENIED;
  }

  /** What broke in the middle may have left half an answer in the pipe. */
  private void giveBack(SftpSession session, boolean sound) {
    if (sound && session.isConnected()) {
      idle.addFirst(new Idle(session, System.nanoTime()));
    } else {
      session.close();
    }
    if (closed) {
      closeIdle(Duration.ZERO);
    }
  }

  /** Ends all connections: those that are in use as soon as they are given back. */
  void close() {
    closed = true;
    closeIdle(Duration.ZERO);
  }

  /** Ends the connections that nobody has used for this time. */
  void closeIdle(Duration time) {
    for (Idle last = idle.pollLast(); last != null; last = idle.pollLast()) {
      if (System.nanoTime() - last.since() < time.toNanos()) {
        idle.addLast(last);
        return;
      }
      last.session().close();
    }
  }

  SftpEndpoint endpoint() {
    return endpoint;
  }
}

package io.mediadrop.source;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether new files may be taken at all. It closes at shutdown, and when going on would break the
 * promise: a file whose upload cannot be recorded must not be uploaded.
 */
public class Intake {

  private static final Logger LOG = LoggerFactory.getLogger("mediadrop");

  private volatile String closedBecause;

  /** Whether files may be taken. */
  public boolean isOpen() {
    return closedBecause == null;
  }

  /** Takes no more files from any lane, and says so the first time. */
  public synchronized void close(String reason) {
    if (closedBecause == null) {
      LOG.error("No more files are taken: {}", reason);
    }
    closedBecause = reason;
  }

  /** Takes no more files because the program is stopping, which is nothing to worry about. */
  public void stop() {
    closedBecause = "stopping";
  }

  /** Takes files again. */
  public synchronized void open() {
    if (closedBecause != null) {
      LOG.info("Files are taken again");
    }
    closedBecause = null;
  }
}

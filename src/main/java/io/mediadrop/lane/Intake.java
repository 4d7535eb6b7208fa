package io.mediadrop.lane;

import io.mediadrop.base.Printable;
import java.util.EnumMap;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelContextAware;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether new files may be taken at all. It closes while going on would break the promise: a file
 * whose upload cannot be recorded must not be uploaded, nor one that cannot be put away.
 */
public class Intake implements CamelContextAware {

  /** What can be in the way. */
  public enum Trouble {
    /** The ledger cannot be written. */
    LEDGER,
    /** A file cannot be put away. */
    FILING,
    /** The disk is nearly full. */
    SPACE
  }

  private static final Logger LOG = LoggerFactory.getLogger("mediadrop");

  private final Map<Trouble, String> troubles = new EnumMap<>(Trouble.class);
  private CamelContext camelContext;
  private volatile boolean open = true;
  private volatile boolean stopping;

  /** Whether files may be taken: nothing is in the way, and mediadrop is not stopping. */
  public boolean isOpen() {
    return open && !isStopping();
  }

  /**
   * Takes no more files from any lane until this trouble is over; says so when it is new. What goes
   * wrong during a stop is the stop's doing, and the next start's to put right.
   */
  public synchronized void close(Trouble trouble, String reason) {
    if (troubles.put(trouble, reason) == null && !isStopping()) {
      LOG.error(
          "No more files are taken until this is put right: {}; then it goes on by itself",
          Printable.of(reason));
    }
    open = false;
  }

  /** One trouble is over. */
  public synchronized void reopen(Trouble trouble) {
    if (troubles.remove(trouble) != null && troubles.isEmpty()) {
      LOG.info("Files are taken again");
      open = true;
    }
  }

  /** Takes no more files because the program is about to stop. */
  public void stop() {
    stopping = true;
  }

  /** Whether the program is about to stop. */
  public boolean isStopping() {
    return stopping || camelContext.isStopping() || camelContext.isStopped();
  }

  /** What is in the way, each with what a person has to do; nothing while files are taken. */
  public synchronized Map<Trouble, String> troubles() {
    return Map.copyOf(troubles);
  }

  /** Whether this trouble is in the way. */
  public synchronized boolean has(Trouble trouble) {
    return troubles.containsKey(trouble);
  }

  @Override
  public CamelContext getCamelContext() {
    return camelContext;
  }

  @Override
  public void setCamelContext(CamelContext camelContext) {
    this.camelContext = camelContext;
  }
}

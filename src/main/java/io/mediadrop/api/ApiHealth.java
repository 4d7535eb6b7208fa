package io.mediadrop.api;

import io.mediadrop.base.Printable;
import io.mediadrop.drop.NotNow;
import io.mediadrop.net.NotReached;
import java.nio.file.FileSystemException;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** Whether the API has lately answered anybody sensibly; tells of an outage, once. */
public class ApiHealth {

  private static final Logger LOG = LoggerFactory.getLogger("mediadrop.api");

  /** So long each failed call is told, which says more of short troubles than a summary. */
  private static final Duration SHORT = Duration.ofSeconds(10);

  private final Duration shortTrouble;
  private volatile long answeredAt = System.nanoTime();
  private volatile boolean failing;
  private long failingSince;
  private boolean outage;
  private String lastSaid;

  /** Bears with the API for a few seconds. */
  public ApiHealth() {
    this(SHORT);
  }

  /** Calls it an outage once nobody was answered for this long. */
  ApiHealth(Duration shortTrouble) {
    this.shortTrouble = shortTrouble;
  }

  void answered() {
    answeredAt = System.nanoTime();
    if (failing) {
      end();
    }
  }

  private synchronized void end() {
    if (outage) {
      LOG.info("The API answers again");
    }
    failing = false;
    outage = false;
  }

  /** Whether any call, of any lane, was answered within this time, if only by a refusal. */
  public boolean hasAnsweredWithin(Duration time) {
    return System.nanoTime() - answeredAt < time.toNanos();
  }

  /**
   * An outage that lasts.
   *
   * @param time since its first call that was not answered
   * @param said what the last one has failed with
   */
  public record Outage(Duration time, String said) {}

  /** The outage, if there is one. */
  public synchronized Optional<Outage> outage() {
    return outage
        ? Optional.of(new Outage(Duration.ofNanos(System.nanoTime() - failingSince), lastSaid))
        : Optional.empty();
  }

  /**
   * How loud a failure is to be told that passes by itself: of an outage, in which all calls fail
   * for hours perhaps, single ones say nothing new.
   */
  public synchronized Level levelOf(Throwable failure) {
    if (failure instanceof NotNow) {
      // a wait, such as for the next start, in which nothing has failed
      return Level.DEBUG;
    }
    boolean answered = failure instanceof CallFailed call && call.status() < 500;
    // a file that cannot be read at the moment says nothing of the API
    boolean ofTheDisk = failure instanceof FileSystemException;
    if (answered || ofTheDisk || Verdict.on(failure) != Verdict.PASSING) {
      return Level.WARN;
    }
    long now = System.nanoTime();
    if (!failing) {
      failing = true;
      failingSince = now;
    }
    // what stands in the way will not be gone in a moment
    boolean stays = failure instanceof NotReached || failure instanceof StrangeAnswer;
    String said = Printable.of(String.valueOf(failure.getMessage()));
    lastSaid = said;
    if (!outage && (stays || now - failingSince >= shortTrouble.toNanos())) {
      outage = true;
      if (stays) {
        LOG.warn("The API cannot be reached: {}; uploads wait, and go on by themselves", said);
      } else {
        LOG.warn(
            "The API has answered nobody for {} s: {}; uploads wait, and go on by themselves",
            (now - failingSince) / 1_000_000_000,
            said);
      }
    }
    return outage ? Level.DEBUG : Level.WARN;
  }
}

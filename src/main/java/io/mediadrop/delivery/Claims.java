package io.mediadrop.delivery;

import io.mediadrop.base.Printable;
import io.mediadrop.base.Quantity;
import io.mediadrop.drop.Drop;
import io.mediadrop.drop.Sidecar;
import io.mediadrop.file.Home;
import io.mediadrop.file.SidecarNames;
import io.mediadrop.file.Writers;
import io.mediadrop.lane.DroppedFile;
import io.mediadrop.lane.Intake;
import io.mediadrop.ledger.ClaimRecords;
import io.mediadrop.ledger.Connections;
import io.mediadrop.ledger.DropIds;
import io.mediadrop.ledger.Ledger;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Clock;
import java.time.Duration;
import org.apache.camel.Body;
import org.apache.camel.Variable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes settled files into the ledger, each by one worker at a time. */
public class Claims {

  /** When it is looked again whether a sidecar can be read. */
  private static final Duration UNREADABLE = Duration.ofMinutes(1);

  private static final Logger LOG = LoggerFactory.getLogger("mediadrop");

  private final SidecarReader sidecarReader = new SidecarReader();

  private final Clock clock;
  private Ledger ledger;
  private Connections connections;
  private Intake intake;
  private WaitingTimes waitingTimes;
  private Writers writers;
  private Home home;
  private DropIds ids;
  private KnownDrops knownDrops;

  /** Takes its times from the machine's clock. */
  public Claims() {
    this(Clock.systemUTC());
  }

  Claims(Clock clock) {
    this.clock = clock;
  }

  /** Begins. */
  public void open() {
    ids = new DropIds(ledger, home);
    knownDrops = new KnownDrops(new ClaimRecords(ledger, clock), connections, waitingTimes);
  }

  /**
   * The drop for a settled file, or null where it is not to be worked on now: mediadrop is
   * stopping, the lane pauses or is about to go, the file's folder is not the lane's any more, the
   * drop is not due yet, or somebody works on it.
   */
  public Drop claim(@Variable("file") DroppedFile file) {
    if (!intake.isOpen() || !isTheLanes(file) || !isUntouched(file)) {
      return null;
    }
    if (file.sidecar() == null) {
      return claim(file, null);
    }
    Sidecar sidecar = sidecarOf(file);
    return sidecar == null ? null : claim(file, sidecar);
  }

  private Drop claim(DroppedFile file, Sidecar sidecar) {
    long id = ids.next();
    return ledger.claim(handle -> knownDrops.take(handle, id, file, sidecar)).orElse(null);
  }

  /** By which the ledger knows the drop. */
  public long dropId(@Body Drop drop) {
    return drop.id();
  }

  /** Whose the file's folder is may have become known while the file waited for its worker. */
  private static boolean isTheLanes(DroppedFile file) {
    return file.lane().takesFiles()
        && file.lane().ownership().mayTakeFrom(file.relative().getParent());
  }

  /** What the sidecar says now; null if it has changed, so that the file settles anew with it. */
  private Sidecar sidecarOf(DroppedFile file) {
    try {
      return sidecarReader.read(SidecarNames.of(file.path()), file.sidecar(), file.lane());
    } catch (NoSuchFileException e) {
      LOG.debug("the sidecar of {} has gone", file, e);
      return null;
    } catch (IOException e) {
      LOG.warn("{} waits, as its sidecar cannot be read: {}", file, Printable.of(e.toString()));
      file.lane().hand().hold(file.path(), UNREADABLE);
      return null;
    }
  }

  /**
   * The file may have waited for its worker for a while; if it has changed, or was opened again, it
   * settles anew.
   */
  private boolean isUntouched(DroppedFile file) {
    try {
      return file.isUntouched()
          && (file.origin() != null
              || writers.of(file.path(), file.stamp()) != Writers.Answer.SOMEBODY);
    } catch (IOException e) {
      return false;
    }
  }

  public void setHome(Home home) {
    this.home = home;
  }

  public void setLedger(Ledger ledger) {
    this.ledger = ledger;
  }

  public void setConnections(Connections connections) {
    this.connections = connections;
  }

  public void setIntake(Intake intake) {
    this.intake = intake;
  }

  public void setWriters(Writers writers) {
    this.writers = writers;
  }

  /** The longest time that a file waits before it is tried again. */
  public void setMaxWait(String time) {
    waitingTimes = new WaitingTimes(Quantity.time(time));
  }
}

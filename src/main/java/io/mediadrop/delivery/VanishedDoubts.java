package io.mediadrop.delivery;

import io.mediadrop.base.Quantity;
import io.mediadrop.drop.Drop;
import io.mediadrop.drop.DropState;
import io.mediadrop.file.FileStamp;
import io.mediadrop.lane.DroppedFile;
import io.mediadrop.lane.Intake;
import io.mediadrop.lane.Lane;
import io.mediadrop.lane.Lanes;
import io.mediadrop.ledger.DropRows;
import io.mediadrop.ledger.Ledger;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.camel.Body;
import org.jdbi.v3.core.Handle;

/** Finds the drops in doubt whose files are gone, so that no lane hands them over any more. */
public class VanishedDoubts {

  /** Each is settled by a thread of its own; the next ones are taken when these are settled. */
  private static final int AT_ONCE = 20;

  private final DropRows rows = new DropRows();
  private Ledger ledger;
  private Doubts doubts;
  private Lanes lanes;
  private Intake intake;
  private WaitingTimes waitingTimes;

  /** Takes those whose outcome can be asked now; of the others it is said that it cannot. */
  public List<Drop> take() {
    if (!intake.isOpen()) {
      return List.of();
    }
    return Stream.of(DropState.SENDING, DropState.COMPLETING)
        .flatMap(state -> ledger.in(state).stream())
        .filter(drop -> isFree(drop) && drop.hasVanished())
        .filter(drop -> doubts.canBeAsked(drop) ? claim(drop) : doubts.cannotBeAsked(drop))
        .limit(AT_ONCE)
        .toList();
  }

  private boolean isFree(Drop drop) {
    Lane lane = lanes.byName(drop.lane());
    return lane != null
        && lane.isThere()
        && !lane.pause().isOn()
        && !lane.hand().isTaken(drop.source())
        && waitingTimes.remaining(drop.dueAt()).isZero()
        && !ledger.isInHand(drop);
  }

  private boolean claim(Drop drop) {
    return ledger.claim(handle -> stillFree(handle, drop)).isPresent();
  }

  /** Its lane may have taken it meanwhile. */
  private Optional<Drop> stillFree(Handle handle, Drop drop) {
    return ledger.isInHand(drop) ? Optional.empty() : rows.byId(handle, drop.id());
  }

  /** The file as it was when it was claimed. */
  public DroppedFile file(@Body Drop drop) {
    FileStamp stamp = new FileStamp(FileStamp.Kind.FILE, drop.size(), drop.modified(), 0, "");
    return new DroppedFile(lanes.byName(drop.lane()), drop.source(), stamp, Duration.ZERO);
  }

  public void setLedger(Ledger ledger) {
    this.ledger = ledger;
  }

  public void setDoubts(Doubts doubts) {
    this.doubts = doubts;
  }

  public void setLanes(Lanes lanes) {
    this.lanes = lanes;
  }

  public void setIntake(Intake intake) {
    this.intake = intake;
  }

  /** The longest time that a file waits before it is tried again. */
  public void setMaxWait(String time) {
    waitingTimes = new WaitingTimes(Quantity.time(time));
  }
}

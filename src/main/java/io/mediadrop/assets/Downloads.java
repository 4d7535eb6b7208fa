package io.mediadrop.assets;

import io.mediadrop.lane.Intake;
import io.mediadrop.notify.Delivery;
import io.mediadrop.notify.Outbox;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.Variable;

/** Chooses whose files are fetched next, so that a slow one holds up no more than its own turn. */
public class Downloads {

  private final Set<Long> underWay = ConcurrentHashMap.newKeySet();
  private Outbox outbox;
  private Intake intake;

  /** What is due and has a thread to itself; nothing while the disk is full. */
  public List<Delivery> due() {
    int room = DownloadThreads.AT_ONCE - underWay.size();
    if (room <= 0 || !intake.isOpen()) {
      return List.of();
    }
    List<Delivery> due =
        outbox.dueAssets(underWay.size()).stream()
            .filter(delivery -> !underWay.contains(delivery.dropId()))
            .limit(room)
            .toList();
    due.forEach(delivery -> underWay.add(delivery.dropId()));
    return due;
  }

  /** This one has had its turn. */
  public void ended(@Variable("delivery") Delivery delivery) {
    underWay.remove(delivery.dropId());
  }

  /** Whether what fails now fails for a reason of its own, and not because of a stop. */
  public boolean isGoingOn() {
    return !intake.isStopping();
  }

  public void setOutbox(Outbox outbox) {
    this.outbox = outbox;
  }

  public void setIntake(Intake intake) {
    this.intake = intake;
  }
}

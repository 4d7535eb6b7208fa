package io.mediadrop.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mediadrop.file.Home;
import io.mediadrop.lane.Intake;
import io.mediadrop.ledger.EventType;
import io.mediadrop.ledger.Events;
import io.mediadrop.ledger.Ledger;
import io.mediadrop.ledger.OpenLedger;
import io.mediadrop.ledger.SteppingClock;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.apache.camel.impl.DefaultCamelContext;
import org.jdbi.v3.core.JdbiException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutboxTest {

  private static final String ENDPOINT = "INSERT INTO endpoints (n, name) VALUES (1, 'archive')";

  private static final String GIVEN_UP =
      "INSERT INTO outbox (seq, endpoint, type, subject, at, uid, data, due_at, attempts, dead_at)"
          + " VALUES (1, 1, 1, 1, 1, 'evt_1', '{}', 1, 10, 2)";

  private static final String EVENT =
      "INSERT INTO outbox (seq, endpoint, type, subject, at, uid, data)"
          + " VALUES (?, 1, ?, ?, ?, ?, '{}')";

  @TempDir Path folder;
  private final SteppingClock clock = new SteppingClock();

  private static Ledger ledger(OpenLedger open) {
    Intake intake = new Intake();
    intake.setCamelContext(new DefaultCamelContext());
    Ledger ledger = new Ledger();
    ledger.setDatabase(open.database());
    ledger.setIntake(intake);
    return ledger;
  }

  private Outbox outbox(Ledger ledger) throws IOException {
    Home home = new Home();
    home.setRoot(folder.toString());
    Outbox outbox = new Outbox(clock);
    outbox.setHome(home);
    outbox.setWaits("5s, 5m, 30m, 2h, 5h, 10h, 14h, 20h, 24h");
    outbox.setLedger(ledger);
    outbox.setSubscribers(new Subscribers());
    outbox.open();
    return outbox;
  }

  @Test
  void revivesWhatWasGivenUpAsSoonAsTheLedgerCanBeWritten() throws Exception {
    try (OpenLedger open = OpenLedger.in(folder)) {
      Ledger ledger = ledger(open);
      Outbox outbox = outbox(ledger);
      ledger.write(handle -> handle.execute(ENDPOINT));
      ledger.write(handle -> handle.execute(GIVEN_UP));
      ledger.write(handle -> handle.execute("ALTER TABLE outbox RENAME TO away"));
      assertThatThrownBy(() -> outbox.due(Events.ARCHIVE)).isInstanceOf(JdbiException.class);

      ledger.write(handle -> handle.execute("ALTER TABLE away RENAME TO outbox"));
      assertThat(outbox.due(Events.ARCHIVE)).extracting(Delivery::id).containsExactly("evt_1");
    }
  }

  private static int open(Ledger ledger) {
    return ledger.read(
        handle ->
            handle
                .createQuery("SELECT COUNT(*) FROM outbox WHERE type = 1")
                .mapTo(Integer.class)
                .one());
  }

  private void send(Outbox outbox) {
    for (Delivery delivery : outbox.due(Events.ARCHIVE)) {
      if (delivery.untold().type() == EventType.FILE_FAILED) {
        outbox.failed(
            delivery,
            new HttpOperationFailedException("(address)", 422, "no", null, Map.of(), null));
      } else {
        outbox.delivered(delivery);
      }
    }
  }

  @Test
  void holdsNothingUpForMessagesThatAnEndpointNeverTakes() throws Exception {
    try (OpenLedger open = OpenLedger.in(folder)) {
      Ledger ledger = ledger(open);
      Outbox outbox = outbox(ledger);
      ledger.write(handle -> handle.execute(ENDPOINT));
      int most = 0;
      for (int minute = 0; minute < 240; minute++) {
        int id = minute + 1;
        int type = minute % 3 == 0 ? 4 : 1;
        ledger.write(handle -> handle.execute(EVENT, id, type, id, clock.millis(), "evt_" + id));
        for (int poll = 0; poll < 3; poll++) {
          send(outbox);
          clock.step(Duration.ofSeconds(20));
        }
        most = Math.max(most, open(ledger));
      }
      // those of five minutes
      assertThat(most).isLessThan(5);
    }
  }
}

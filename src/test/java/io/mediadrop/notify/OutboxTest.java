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
import java.util.ArrayList;
import java.util.List;
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
  private final Home home = new Home();

  private static Ledger ledger(OpenLedger open) {
    Intake intake = new Intake();
    intake.setCamelContext(new DefaultCamelContext());
    Ledger ledger = new Ledger();
    ledger.setDatabase(open.database());
    ledger.setIntake(intake);
    return ledger;
  }

  private Outbox outbox(Ledger ledger) throws IOException {
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

  private static int rows(Ledger ledger) {
    return ledger.read(
        handle -> handle.createQuery("SELECT COUNT(*) FROM outbox").mapTo(Integer.class).one());
  }

  private void happen(Ledger ledger, int first, int last) {
    for (int id = first; id <= last; id++) {
      int number = id;
      ledger.write(
          handle -> handle.execute(EVENT, number, 1, number, clock.millis(), "evt_" + number));
    }
  }

  @Test
  void forgetsWhatWasTakenAFewAtATimeAndNothingElse() throws Exception {
    try (OpenLedger open = OpenLedger.in(folder)) {
      Ledger ledger = ledger(open);
      ledger.write(handle -> handle.execute(ENDPOINT));
      happen(ledger, 1, 26);
      Outbox outbox = outbox(ledger);
      List<Delivery> batch = outbox.due(Events.ARCHIVE);
      assertThat(batch).hasSize(26);

      batch.subList(0, 19).forEach(outbox::delivered);
      assertThat(rows(ledger)).as("all that is not known to be taken, and more").isEqualTo(26);
      outbox.delivered(batch.get(19));
      assertThat(rows(ledger)).as("every twenty").isEqualTo(6);
      outbox.delivered(batch.get(20));
      clock.step(Duration.ofSeconds(1));
      outbox.delivered(batch.get(21));
      assertThat(rows(ledger)).as("each second").isEqualTo(4);
      outbox.delivered(batch.get(22));
      home.close();
      assertThat(rows(ledger)).as("at a stop").isEqualTo(3);
    }
  }

  @Test
  void sendsNothingWhileItCannotBeWrittenWhatWasTaken() throws Exception {
    try (OpenLedger open = OpenLedger.in(folder)) {
      Ledger ledger = ledger(open);
      ledger.write(handle -> handle.execute(ENDPOINT));
      happen(ledger, 1, 8);
      Outbox outbox = outbox(ledger);
      List<Delivery> batch = outbox.due(Events.ARCHIVE);
      happen(ledger, 9, 10);
      ledger.write(
          handle ->
              handle.execute(
                  "CREATE TRIGGER refuse BEFORE DELETE ON outbox"
                      + " BEGIN SELECT RAISE(ABORT, 'no'); END"));
      batch.forEach(outbox::delivered);
      assertThat(outbox.due(Events.ARCHIVE)).isEmpty();

      ledger.write(handle -> handle.execute("DROP TRIGGER refuse"));
      assertThat(outbox.due(Events.ARCHIVE))
          .extracting(Delivery::id)
          .containsExactly("evt_9", "evt_10");
    }
  }

  @Test
  void triesAnEndpointThatTakesNothingInTurnsWithANewMessageAndTheLeastTried() throws Exception {
    try (OpenLedger open = OpenLedger.in(folder)) {
      Ledger ledger = ledger(open);
      ledger.write(handle -> handle.execute(ENDPOINT));
      happen(ledger, 1, 1);
      Outbox outbox = outbox(ledger);
      refuse(outbox);
      happen(ledger, 2, 10);
      List<String> tried = new ArrayList<>();
      for (int time = 0; time < 6; time++) {
        clock.step(Duration.ofMinutes(10));
        tried.add(refuse(outbox));
      }

      assertThat(tried).containsExactly("evt_2", "evt_1", "evt_3", "evt_2", "evt_4", "evt_3");
    }
  }

  private static String refuse(Outbox outbox) {
    List<Delivery> due = outbox.due(Events.ARCHIVE);
    assertThat(due).hasSize(1);
    outbox.failed(
        due.get(0), new HttpOperationFailedException("(address)", 503, "no", null, Map.of(), null));
    return due.get(0).id();
  }
}

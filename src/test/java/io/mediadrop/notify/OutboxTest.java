package io.mediadrop.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mediadrop.archive.Home;
import io.mediadrop.ledger.Ledger;
import io.mediadrop.ledger.OpenLedger;
import io.mediadrop.source.Intake;
import java.nio.file.Path;
import org.apache.camel.impl.DefaultCamelContext;
import org.jdbi.v3.core.JdbiException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutboxTest {

  private static final String GIVEN_UP =
      "INSERT INTO outbox (id, endpoint, type, subject, number, happened_at, data, due_at, attempts,"
          + " dead_at) VALUES ('evt_1', 'archive', 'media.uploaded', 's', 1, 1, '{}', 1, 10, 2)";

  @TempDir Path folder;

  private static Ledger ledger(OpenLedger open) {
    Intake intake = new Intake();
    intake.setCamelContext(new DefaultCamelContext());
    Ledger ledger = new Ledger();
    ledger.setDatabase(open.database());
    ledger.setIntake(intake);
    return ledger;
  }

  private Outbox outbox(Ledger ledger) {
    Home home = new Home();
    home.setRoot(folder.toString());
    GoneEndpoints gone = new GoneEndpoints();
    gone.setHome(home);
    Outbox outbox = new Outbox();
    outbox.setLedger(ledger);
    outbox.setSubscribers(new Subscribers());
    outbox.setHealth(new EndpointHealth());
    outbox.setGone(gone);
    return outbox;
  }

  @Test
  void revivesWhatWasGivenUpAsSoonAsTheLedgerCanBeWritten() throws Exception {
    try (OpenLedger open = OpenLedger.in(folder)) {
      Ledger ledger = ledger(open);
      Outbox outbox = outbox(ledger);
      ledger.write(handle -> handle.execute(GIVEN_UP));
      ledger.write(handle -> handle.execute("ALTER TABLE outbox RENAME TO away"));
      assertThatThrownBy(() -> outbox.due(Subscribers.ARCHIVE)).isInstanceOf(JdbiException.class);

      ledger.write(handle -> handle.execute("ALTER TABLE away RENAME TO outbox"));
      assertThat(outbox.due(Subscribers.ARCHIVE)).extracting(Delivery::id).containsExactly("evt_1");
    }
  }
}

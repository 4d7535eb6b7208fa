package io.mediadrop.ledger;

import io.mediadrop.file.Home;
import io.mediadrop.lane.Intake;
import java.io.IOException;
import java.nio.file.Path;

/** A ledger in a folder, for tests that need nothing else of mediadrop. */
public final class OpenLedger implements AutoCloseable {

  private final Home home = new Home();
  private final LedgerDatabase database = new LedgerDatabase();

  private OpenLedger(Path folder) {
    home.setRoot(folder.toString());
    home.open();
    database.setHome(home);
    database.setUrl("jdbc:sqlite:" + folder.resolve("data/ledger.db"));
    database.open();
  }

  public static OpenLedger in(Path folder) {
    return new OpenLedger(folder);
  }

  Home home() {
    return home;
  }

  public LedgerDatabase database() {
    return database;
  }

  public Ledger ledger() {
    Ledger ledger = new Ledger();
    ledger.setDatabase(database);
    ledger.setIntake(new Intake());
    return ledger;
  }

  @Override
  public void close() throws IOException {
    database.close();
    home.close();
  }
}

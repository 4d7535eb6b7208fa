package io.mediadrop.ledger;

import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;

/** Remembers which folders lanes have watched: the files there are meant for their connection. */
public class LaneFolders {

  private Ledger ledger;

  /** All folders, each with the name of the lane that watched it last. */
  public Map<Path, String> all() {
    return ledger.read(
        handle ->
            handle
                .createQuery("SELECT folder, lane FROM lane_folders")
                .collectRows(
                    Collectors.toMap(
                        row -> Path.of(row.getColumn("folder", String.class)),
                        row -> row.getColumn("lane", String.class))));
  }

  /** Remembers that a lane watches a folder. */
  public void remember(Path folder, String lane) {
    ledger.write(
        handle ->
            handle.execute(
                "INSERT INTO lane_folders (folder, lane) VALUES (?, ?)"
                    + " ON CONFLICT (folder) DO UPDATE SET lane = excluded.lane",
                folder.toString(),
                lane));
  }

  public void setLedger(Ledger ledger) {
    this.ledger = ledger;
  }
}

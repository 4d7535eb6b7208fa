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

  /**
   * Remembers that a lane watches a folder. What waits there, and was begun by another lane, is
   * this one's from now on.
   *
   * @param folder without links
   * @param directory the same as the lane calls it
   */
  public void remember(Path folder, Path directory, String lane) {
    String below = directory + directory.getFileSystem().getSeparator();
    ledger.write(
        handle -> {
          handle
              .createUpdate(
                  "UPDATE drops SET lane = :lane WHERE "
                      + DropRows.UNDER_WAY
                      + " AND lane = (SELECT lane FROM lane_folders WHERE folder = :folder)"
                      + " AND SUBSTR(source, 1, :length) = :below"
                      + " AND path = SUBSTR(source, :length + 1)"
                      + " AND NOT EXISTS (SELECT 1 FROM drops own WHERE own.lane = :lane"
                      + " AND own.path = drops.path AND own."
                      + DropRows.UNDER_WAY
                      + ")")
              .bind("lane", lane)
              .bind("folder", folder.toString())
              .bind("below", below)
              // in characters, as databases count
              .bind("length", below.codePointCount(0, below.length()))
              .execute();
          return handle.execute(
              "INSERT INTO lane_folders (folder, lane) VALUES (?, ?)"
                  + " ON CONFLICT (folder) DO UPDATE SET lane = excluded.lane",
              folder.toString(),
              lane);
        });
  }

  public void setLedger(Ledger ledger) {
    this.ledger = ledger;
  }
}

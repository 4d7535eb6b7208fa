package io.mediadrop.remote;

import io.mediadrop.drop.Drop;
import io.mediadrop.drop.DropState;
import io.mediadrop.ledger.DropRows;
import io.mediadrop.ledger.Ledger;
import io.mediadrop.ledger.Sql;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * What the ledger knows of files on servers. A drop that has ended is remembered until its file on
 * the server has been put away: while it lies there, the same file is not taken a second time.
 */
class RemoteDrops {

  private final DropRows rows = new DropRows();
  private final Ledger ledger;

  RemoteDrops(Ledger ledger) {
    this.ledger = ledger;
  }

  /** The drop of exactly this file, if it has ended and the file is still to be put away. */
  public Optional<Drop> ended(RemoteFile file) {
    return ledger.read(
        handle ->
            rows
                .where(
                    handle,
                    "id IN (SELECT id FROM remote WHERE lane = :lane AND origin = :origin)"
                        + " ORDER BY claimed_at DESC")
                .bind("lane", file.lane().name())
                .bind("origin", file.origin())
                .map(rows)
                .list()
                .stream()
                .findFirst());
  }

  /**
   * The drop at the file's place that the API has or that has failed, but whose copy has not been
   * put away here: nothing may take that copy's place.
   */
  public Optional<Drop> unfiled(RemoteFile file) {
    return ledger.read(
        handle ->
            rows.underWay(handle, file.lane().name(), file.relative())
                .filter(RemoteDrops::hasEnded));
  }

  /** Whether a drop at this place is under way, so that its copy here is needed. */
  public boolean isUnderWay(String lane, String path) {
    return ledger.read(handle -> rows.underWay(handle, lane, path).isPresent());
  }

  /** Whether there is a drop at this place of which the API has heard nothing final. */
  public boolean isToUpload(String lane, String path) {
    return ledger.read(
        handle -> rows.underWay(handle, lane, path).filter(Drop::isToUpload).isPresent());
  }

  /**
   * Makes the drop under way at the file's place, if there is one, that of the file as it is now;
   * one from another server is given up.
   */
  public void follow(RemoteFile file) {
    ledger.write(
        handle -> {
          Optional<Drop> known = rows.underWay(handle, file.lane().name(), file.relative());
          if (known.isEmpty()) {
            return 0;
          }
          return follow(handle, known.get(), file);
        });
  }

  private static int follow(Handle handle, Drop drop, RemoteFile file) {
    boolean fromHere =
        Sql.any(
            handle,
            "SELECT 1 FROM work WHERE id = ? AND SUBSTR(origin, 1, LENGTH(?)) = ?",
            drop.id(),
            file.server().originsAt(file.relative()),
            file.server().originsAt(file.relative()));
    if (!fromHere && !hasEnded(drop)) {
      Ledger.gone(handle, drop, null);
      return 1;
    }
    Sql.update(handle, "UPDATE remote SET origin = ? WHERE id = ?", file.origin(), drop.id());
    return Sql.update(handle, "UPDATE work SET origin = ? WHERE id = ?", file.origin(), drop.id());
  }

  private static boolean hasEnded(Drop drop) {
    return drop.state() == DropState.UPLOADED || drop.state() == DropState.FAILED;
  }

  /** The paths of the ended drops of a lane whose files have not been put away, with the origin. */
  public Map<String, String> left(String lane) {
    return ledger.read(
        handle -> {
          Map<String, String> left = new HashMap<>();
          handle
              .createQuery("SELECT path, origin FROM remote WHERE lane = :lane")
              .bind("lane", lane)
              .map((row, context) -> left.put(row.getString(1), row.getString(2)))
              .list();
          return left;
        });
  }

  /** Records that the file with this origin does not lie at its place any more. */
  public void putAway(String lane, List<String> origins) {
    if (origins.isEmpty()) {
      return;
    }
    ledger.write(
        handle ->
            handle
                .createUpdate("DELETE FROM remote WHERE lane = :lane AND origin IN (<origins>)")
                .bind("lane", lane)
                .bindList("origins", origins)
                .execute());
  }

  /** Whether the API took the drop's file, but could not process it. */
  public boolean isFaulty(Drop drop) {
    return ledger.read(
        handle ->
            Sql.any(handle, "SELECT 1 FROM uploads WHERE id = ? AND has_error = 1", drop.id()));
  }
}

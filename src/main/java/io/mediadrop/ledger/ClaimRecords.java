package io.mediadrop.ledger;

import io.mediadrop.drop.Drop;
import io.mediadrop.drop.DropState;
import io.mediadrop.drop.Sidecar;
import io.mediadrop.drop.SidecarJson;
import io.mediadrop.lane.DroppedFile;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jdbi.v3.core.Handle;

/** Takes files into the ledger. Who works on which drop is kept in memory: the home is locked. */
public class ClaimRecords {

  private final DropRows rows = new DropRows();

  /** No two claims have the same time, so that it is clear which came first. */
  private final AtomicLong lastClaim = new AtomicLong();

  private final Ledger ledger;
  private final Clock clock;

  public ClaimRecords(Ledger ledger, Clock clock) {
    this.ledger = ledger;
    this.clock = clock;
  }

  /** Whether somebody works on the drop at the moment. */
  public boolean isInHand(Drop drop) {
    return ledger.isInHand(drop);
  }

  /** Records the new path of a renamed file. */
  public void follow(Handle handle, Drop drop, DroppedFile file) {
    Sql.update(
        handle,
        "UPDATE work SET source = ?, path = ? WHERE id = ?",
        file.path().toString(),
        file.relative().toString(),
        drop.id());
  }

  /**
   * Claims a known drop.
   *
   * @param file what lies at its place now
   * @param source where its file is from now on
   * @param follows whether the drop is what lies there now, whatever it was
   * @param sidecar what counts from now on, or null
   * @return the drop as it is then; empty if it was put away meanwhile
   */
  public Optional<Drop> resume(
      Handle handle, Drop drop, DroppedFile file, Path source, boolean follows, Sidecar sidecar) {
    DropState state = drop.state() == DropState.MISSING ? DropState.CLAIMED : drop.state();
    int taken =
        handle
            .createUpdate(
                "UPDATE work SET attempts = attempts + 1,"
                    // what was hashed before may have been another content
                    + " md5 = CASE WHEN modified = :modified AND (file_key = :key OR NOT :follows)"
                    + " THEN md5 ELSE NULL END,"
                    + " file_key = CASE WHEN :follows THEN :key ELSE file_key END,"
                    + " modified = :modified, state = :state, sidecar = :sidecar,"
                    + " source = :source WHERE id = :id")
            .bind("modified", follows ? file.stamp().modified() : drop.modified())
            .bind("source", source.toString())
            .bind("key", file.stamp().key())
            .bind("follows", follows)
            .bind("state", state.name())
            .bind("sidecar", SidecarJson.toColumn(sidecar))
            .bind("id", drop.id())
            .execute();
    return taken == 1 ? rows.byId(handle, drop.id()) : Optional.empty();
  }

  /**
   * Claims a file as a new drop.
   *
   * @param id the drop's
   * @param connection the fingerprint of the one that it is uploaded for
   * @param sidecar what lies beside it, or null
   */
  public Drop begin(Handle handle, long id, DroppedFile file, String connection, Sidecar sidecar) {
    Drop drop =
        new Drop(
            id,
            file.lane().name(),
            connection,
            file.path(),
            file.relative().toString(),
            file.size(),
            file.stamp().modified(),
            DropState.CLAIMED,
            1,
            0,
            null,
            null,
            null,
            false,
            sidecar,
            lastClaim.updateAndGet(last -> Math.max(last + 1, clock.millis())));
    Sql.update(
        handle,
        "INSERT INTO work (id, lane, connection, source, path, size, modified, file_key,"
            + " origin, state, attempts, claimed_at, sidecar)"
            + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 'CLAIMED', 1, ?, ?)",
        drop.id(),
        drop.lane(),
        drop.connection(),
        drop.source().toString(),
        drop.path(),
        drop.size(),
        drop.modified(),
        file.stamp().key(),
        file.origin(),
        drop.claimedAt(),
        SidecarJson.toColumn(sidecar));
    return drop;
  }
}

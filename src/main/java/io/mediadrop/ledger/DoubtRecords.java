package io.mediadrop.ledger;

import io.mediadrop.drop.Drop;
import io.mediadrop.drop.Reason;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/** What is known of the doubts whether the API has a file: since when, how often it was asked. */
public class DoubtRecords {

  /**
   * A doubt.
   *
   * @param since when it came up, in milliseconds of the epoch; 0 if it was not recorded
   * @param asked how often the API did not know the file
   * @param resent how often the file was sent again
   * @param refusal why the API may have refused it, which only its answer can confirm
   * @param requestId of that refusal, or null
   */
  public record Asking(
      long since, int asked, int resent, Optional<Reason> refusal, String requestId) {}

  private final DropRows rows = new DropRows();
  private final Clock clock;
  private final Ledger ledger;

  public DoubtRecords(Ledger ledger, Clock clock) {
    this.ledger = ledger;
    this.clock = clock;
  }

  /**
   * Records a doubt.
   *
   * @param refusal why the API may have refused the file, or null
   * @param requestId of that refusal, or null
   * @return false if it was recorded already, which stays as it is
   */
  public boolean begin(Drop drop, Reason refusal, String requestId) {
    int begun =
        ledger.write(
            handle ->
                Sql.update(
                    handle,
                    "UPDATE work SET doubt_since = ?, reason = ?, request_id = ?"
                        + " WHERE id = ? AND doubt_since IS NULL",
                    clock.millis(),
                    refusal == null ? null : refusal.toColumn(),
                    requestId,
                    drop.id()));
    return begun == 1;
  }

  /** What is known of a drop's doubt. */
  public Asking of(Drop drop) {
    return ledger.read(
        handle ->
            handle
                .createQuery(
                    "SELECT doubt_since, asked, resent, reason, request_id FROM work WHERE id = ?")
                .bind(0, drop.id())
                .map(
                    (row, context) ->
                        new Asking(
                            row.getLong(1),
                            row.getInt(2),
                            row.getInt(3),
                            // why a file has waited before is one line, and no refusal
                            Optional.ofNullable(row.getString(4))
                                .filter(reason -> reason.contains("\n"))
                                .map(Reason::ofColumn),
                            row.getString(5)))
                .one());
  }

  /** The doubt has come up anew: the time that the API is given for it begins now. */
  public void beginsNow(Drop drop) {
    ledger.write(
        handle ->
            handle.execute(
                "UPDATE work SET doubt_since = ? WHERE id = ?", clock.millis(), drop.id()));
  }

  /** The API did not know the file. */
  public void asked(Drop drop) {
    ledger.write(
        handle -> handle.execute("UPDATE work SET asked = asked + 1 WHERE id = ?", drop.id()));
  }

  /** The file is about to be sent again. */
  public void resent(Drop drop) {
    ledger.write(
        handle -> handle.execute("UPDATE work SET resent = resent + 1 WHERE id = ?", drop.id()));
  }

  /** Remembers the checksum of what one call has sent. */
  public void sent(Drop drop, String md5) {
    ledger.write(handle -> handle.execute("UPDATE work SET md5 = ? WHERE id = ?", md5, drop.id()));
  }

  /** Records the time of the drop's file; returns the drop with it. */
  public Drop dated(Drop drop, long modified) {
    return ledger.write(
        handle -> {
          handle.execute("UPDATE work SET modified = ? WHERE id = ?", modified, drop.id());
          return rows.byId(handle, drop.id()).orElseThrow();
        });
  }

  /** The drop is due after this time, for whoever has its file then. */
  public void later(Drop drop, Duration time) {
    ledger.write(
        handle ->
            handle.execute(
                "UPDATE work SET due_at = ? WHERE id = ?",
                clock.millis() + time.toMillis(),
                drop.id()));
  }
}

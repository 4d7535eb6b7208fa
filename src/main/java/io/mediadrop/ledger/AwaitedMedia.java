package io.mediadrop.ledger;

import io.mediadrop.base.BackOff;
import io.mediadrop.base.Quantity;
import io.mediadrop.drop.Awaited;
import io.mediadrop.drop.Drop;
import io.mediadrop.drop.MediaStatus;
import io.mediadrop.drop.Uploaded;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * Remembers which uploads have no ready media yet, and when the API is asked for each. An upload
 * that was ready at once has no row.
 */
public class AwaitedMedia {

  private static final String OF_LANE =
      "SELECT drop_id, asked, waited, due_at FROM awaited_media"
          + " WHERE lane = :lane AND connection = :connection AND due_at ";

  // as two searches: databases do not use their index for an OR
  static final String DUE =
      (OF_LANE + "<= :now UNION ALL " + OF_LANE + "> :farthest") + " ORDER BY due_at LIMIT :most";

  private static final String ANY = "SELECT 1 FROM awaited_media LIMIT 1";

  static final String ANY_DUE =
      "SELECT 1 WHERE EXISTS (SELECT 1 FROM awaited_media WHERE due_at <= :now)"
          + " OR EXISTS (SELECT 1 FROM awaited_media WHERE due_at > :farthest)";

  private final Clock clock;
  private Ledger ledger;
  private Presence any;
  private final BackOff backOff = new BackOff(Duration.ofSeconds(5), Duration.ofMinutes(10));
  private Duration giveUpAfter;

  /** Takes its times from the machine's clock. */
  public AwaitedMedia() {
    this(Clock.systemUTC());
  }

  AwaitedMedia(Clock clock) {
    this.clock = clock;
  }

  /** Whether uploads are followed up at all. */
  public boolean isOn() {
    return !giveUpAfter.isZero();
  }

  /** Begins to wait, in the transaction that files the upload, unless there is nothing to await. */
  void begin(Handle handle, Drop drop, Uploaded uploaded) {
    MediaStatus status = MediaStatus.of(uploaded.media());
    boolean open = status == MediaStatus.ABSENT || status == MediaStatus.PROCESSING;
    if (open && isOn() && uploaded.duplicateOf() == null) {
      Duration wait = next(0, Duration.ZERO);
      handle.execute(
          "INSERT INTO awaited_media (drop_id, lane, connection, due_at, waited)"
              + " VALUES (?, ?, ?, ?, ?) ON CONFLICT (drop_id) DO NOTHING",
          drop.id(),
          drop.lane(),
          drop.connection(),
          clock.millis() + wait.toMillis(),
          wait.toMillis());
    }
  }

  /** Whether the API is to be asked for any upload now, of whatever lane. */
  public boolean isAnyDue() {
    return isOn()
        && any.isThere()
        && ledger.read(
            handle ->
                handle
                    .createQuery(ANY_DUE)
                    .bind("now", clock.millis())
                    .bind("farthest", farthest())
                    .mapTo(Integer.class)
                    .findOne()
                    .isPresent());
  }

  private static boolean isAny(Handle handle) {
    return handle.createQuery(ANY).mapTo(Integer.class).findOne().isPresent();
  }

  /**
   * The uploads of a lane for which the API is to be asked now, the longest due first.
   *
   * @param connection the mark of the connection that the lane uploads for now
   */
  public List<Awaited> due(String lane, String connection, int most) {
    return ledger.read(
        handle ->
            handle
                .createQuery(DUE)
                .bind("lane", lane)
                .bind("connection", connection)
                .bind("now", clock.millis())
                .bind("farthest", farthest())
                .bind("most", most)
                .map(
                    (row, context) ->
                        new Awaited(
                            row.getLong("drop_id"),
                            row.getInt("asked"),
                            Duration.ofMillis(row.getLong("waited"))))
                .list());
  }

  /** What is further away than any wait was noted by a clock that has been set back since. */
  private long farthest() {
    return clock.millis() + backOff.longest().toMillis();
  }

  /** The drop that was uploaded. */
  public Drop drop(Awaited awaited) {
    return ledger.read(handle -> new DropRows().byId(handle, awaited.dropId()).orElseThrow());
  }

  /** Whether it was waited for long enough. */
  public boolean isOverdue(Awaited awaited) {
    return awaited.waited().compareTo(giveUpAfter) >= 0;
  }

  /** The API has been asked and had nothing that is ready; it is asked again later. */
  public void notYet(Awaited awaited) {
    Duration wait = next(awaited.asked() + 1, awaited.waited());
    later(awaited, wait, wait);
  }

  /** The API could not be asked, which says nothing about the media. */
  public void unanswered(Awaited awaited, Duration atLeast) {
    Duration wait = backOff.after(awaited.asked());
    Duration asked = shorter(atLeast, backOff.longest());
    later(awaited, asked.compareTo(wait) > 0 ? asked : wait, Duration.ZERO);
  }

  private Duration next(int asked, Duration waited) {
    return shorter(backOff.after(asked), giveUpAfter.minus(waited));
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  private void later(Awaited awaited, Duration wait, Duration counted) {
    ledger.write(
        handle ->
            handle.execute(
                "UPDATE awaited_media SET due_at = ?, asked = asked + 1, waited = waited + ?"
                    + " WHERE drop_id = ?",
                clock.millis() + wait.toMillis(),
                counted.toMillis(),
                awaited.dropId()));
  }

  /** Ends the wait; false if that was done already, so that nothing is told twice. */
  static boolean end(Handle handle, long dropId) {
    return handle.execute("DELETE FROM awaited_media WHERE drop_id = ?", dropId) == 1;
  }

  public void setLedger(Ledger ledger) {
    this.ledger = ledger;
    any = new Presence(ledger, AwaitedMedia::isAny);
  }

  /** How long it is waited between two questions. */
  public BackOff backOff() {
    return backOff;
  }

  /** How long a media is waited for; nothing is followed up if that is no time at all. */
  public void setGiveUpAfter(String time) {
    giveUpAfter = Quantity.time(time);
  }
}

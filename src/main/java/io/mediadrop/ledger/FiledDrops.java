package io.mediadrop.ledger;

import io.mediadrop.drop.Drop;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/**
 * The drops whose originals were filed not long ago, and may still be changed by whoever wrote
 * them.
 */
public class FiledDrops {

  /** What is filed long after its upload is rare, and known to the process that did it. */
  private static final Duration FILED_AFTER = Duration.ofHours(1);

  private final DropRows rows = new DropRows();
  private final Clock clock = Clock.systemUTC();
  private final Ledger ledger;

  /** Takes its times from the machine's clock. */
  public FiledDrops(Ledger ledger) {
    this.ledger = ledger;
  }

  /** The last ones that may have been filed within this time, at most so many. */
  public List<Drop> within(Duration time, int most) {
    long now = clock.millis();
    return ledger.read(
        handle ->
            rows.where(
                    handle,
                    "state IN ('FILED', 'DUPLICATE') AND removed_at IS NULL AND uploaded_at >= ?"
                        + " ORDER BY uploaded_at DESC LIMIT ?")
                .bind(0, now - time.plus(FILED_AFTER).toMillis())
                .bind(1, most)
                .map(rows)
                .list());
  }

  /**
   * Records that the original was changed after it was filed, and is not kept therefore. Unlike one
   * that changed while it was sent (1), the API has it as it was: it is a duplicate if it comes
   * again.
   */
  public void superseded(Drop drop) {
    ledger.write(
        handle -> handle.execute("UPDATE uploads SET tainted = 2 WHERE id = ?", drop.id()));
  }
}

package io.mediadrop.ledger;

import io.mediadrop.base.Digests;
import java.util.HexFormat;
import org.jdbi.v3.core.Handle;

/**
 * The ids of what is told of drops. They follow from the drop and the type alone, so that each
 * attempt has the same, also where a power cut took the row that was told from, and it was written
 * anew.
 */
final class EventIds {

  private static final int BYTES = 16;

  private String salt;

  /** The id of the event of this type of a drop. */
  String of(Handle handle, long dropId, long claimedAt, EventType type) {
    String told = salt(handle) + " " + dropId + " " + claimedAt + " " + type.word();
    return "evt_" + HexFormat.of().formatHex(Digests.sha256(told), 0, BYTES);
  }

  /** Drawn by each ledger for itself, so that the events of two homes are told apart. */
  private synchronized String salt(Handle handle) {
    if (salt == null) {
      salt =
          Sql.first(
                  handle,
                  row -> row.getString(1),
                  "SELECT value FROM facts WHERE name = ?",
                  Connections.SALT)
              .orElseThrow();
    }
    return salt;
  }
}

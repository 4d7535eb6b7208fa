package io.mediadrop.ledger;

import org.jdbi.v3.core.Handle;

/** What has ended and still lies on its server, from where it would be fetched again otherwise. */
final class RemoteRows {

  private RemoteRows() {}

  /** Remembers a drop that is still among those under way, if it was fetched from a server. */
  static void add(Handle handle, long id) {
    Sql.update(
        handle,
        "INSERT INTO remote SELECT id, lane, origin, path FROM work"
            + " WHERE id = ? AND origin IS NOT NULL ON CONFLICT (id) DO NOTHING",
        id);
  }
}

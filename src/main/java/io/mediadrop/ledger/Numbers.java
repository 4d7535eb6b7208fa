package io.mediadrop.ledger;

import org.jdbi.v3.core.Handle;

/** Numbers that belong to their names for ever, whoever bears these later. */
enum Numbers {
  /** Of the endpoints that are told. */
  ENDPOINTS,
  /** Of the lanes. */
  LANES;

  private final String table = name().toLowerCase(java.util.Locale.ROOT);

  /** The number of a name, which gets one if it has none; from 1 on. */
  int of(Handle handle, String name) {
    Sql.update(
        handle,
        "INSERT INTO "
            + table
            + " (n, name) VALUES ((SELECT COALESCE(MAX(n), 0) + 1 FROM "
            + table
            + "), ?) ON CONFLICT (name) DO NOTHING",
        name);
    return Sql.first(
            handle, row -> row.getInt(1), "SELECT n FROM " + table + " WHERE name = ?", name)
        .orElseThrow();
  }
}

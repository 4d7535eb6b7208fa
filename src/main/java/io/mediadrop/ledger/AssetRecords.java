package io.mediadrop.ledger;

import io.mediadrop.drop.AssetRecord;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** Remembers what became of the files behind the items of the API's answers. */
public class AssetRecords {

  private final Clock clock = Clock.systemUTC();
  private Ledger ledger;
  private volatile Boolean any;

  /** What is known of a drop's items, by their names. */
  public Map<String, AssetRecord> of(long dropId) {
    // most homes never fetch any, and are not to pay for it with each receipt
    return hasAny() ? ledger.read(handle -> of(handle, dropId)) : Map.of();
  }

  private boolean hasAny() {
    if (any == null) {
      any =
          ledger.read(
              handle ->
                  handle
                      .createQuery("SELECT 1 FROM assets LIMIT 1")
                      .mapTo(Integer.class)
                      .findOne()
                      .isPresent());
    }
    return any;
  }

  private static Map<String, AssetRecord> of(Handle handle, long dropId) {
    return handle
        .createQuery(
            "SELECT item, place, size, archived_at, refused, refused_url FROM assets"
                + " WHERE drop_id = ? ORDER BY item")
        .bind(0, dropId)
        .map(
            (row, context) ->
                new AssetRecord(
                    row.getString("item"),
                    row.getString("place"),
                    row.getLong("size"),
                    row.getLong("archived_at") != 0,
                    row.getString("refused"),
                    row.getString("refused_url")))
        .stream()
        .collect(
            Collectors.toMap(
                AssetRecord::item, record -> record, (one, other) -> one, LinkedHashMap::new));
  }

  /** The items that are on their way to the archive endpoint, each as {@link #key}. */
  public Set<String> onTheirWay() {
    return ledger.read(
        handle ->
            handle
                .createQuery(
                    "SELECT drop_id, item FROM assets"
                        + " WHERE place IS NOT NULL AND archived_at IS NULL")
                .map((row, context) -> key(row.getLong(1), row.getString(2)))
                .set());
  }

  /** One word for an item of a drop. */
  public static String key(long dropId, String item) {
    return dropId + "." + item;
  }

  /**
   * Promises a fetched file its place, which nothing else will get from here on.
   *
   * @param choosing finds a place, given which ones are taken
   * @return the place
   */
  public String promise(
      long dropId, String item, long size, Function<Predicate<String>, String> choosing) {
    any = true;
    return ledger.write(
        handle -> {
          String place = choosing.apply(path -> isTaken(handle, dropId, item, path));
          handle.execute(
              "INSERT INTO assets (drop_id, item, place, size) VALUES (?, ?, ?, ?)"
                  + " ON CONFLICT (drop_id, item) DO UPDATE SET place = excluded.place,"
                  + " size = excluded.size, refused = NULL, refused_url = NULL",
              dropId,
              item,
              place,
              size);
          return place;
        });
  }

  private static boolean isTaken(Handle handle, long dropId, String item, String place) {
    return handle
        .createQuery(
            "SELECT 1 FROM uploads WHERE archive_path = :place UNION ALL"
                + " SELECT 1 FROM assets WHERE place = :place"
                + " AND NOT (drop_id = :drop AND item = :item)")
        .bind("place", place)
        .bind("drop", dropId)
        .bind("item", item)
        .mapTo(Integer.class)
        .findFirst()
        .isPresent();
  }

  /** Records that the archive endpoint has the file. */
  public void archived(long dropId, String item) {
    ledger.write(
        handle ->
            handle.execute(
                "UPDATE assets SET archived_at = ? WHERE drop_id = ? AND item = ?",
                clock.millis(),
                dropId,
                item));
  }

  /**
   * Records that the file will not be fetched from this address.
   *
   * @param url the address's sha-256
   */
  public void refused(long dropId, String item, String why, String url) {
    any = true;
    ledger.write(
        handle ->
            handle.execute(
                "INSERT INTO assets (drop_id, item, refused, refused_url) VALUES (?, ?, ?, ?)"
                    + " ON CONFLICT (drop_id, item) DO UPDATE SET place = NULL, size = NULL,"
                    + " refused = excluded.refused, refused_url = excluded.refused_url",
                dropId,
                item,
                why,
                url));
  }

  public void setLedger(Ledger ledger) {
    this.ledger = ledger;
  }
}

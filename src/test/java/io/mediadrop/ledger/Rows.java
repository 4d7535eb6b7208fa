package io.mediadrop.ledger;

import io.mediadrop.drop.DropState;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** Puts drops into the tables of a ledger, for tests that need no files. */
public final class Rows {

  private static final Set<String> OF_UPLOADS =
      Set.of("uploaded_at", "has_error", "failed_at", "failed_path");
  private static final Set<String> OF_OTHERS = Set.of("failed_at", "failed_path");

  private Rows() {}

  /**
   * Adds a drop.
   *
   * @param what its path below the folder of the lane {@code l}
   * @param further columns, as far as the tables have them that the state needs
   * @return its id
   */
  public static long drop(
      Handle handle, DropState state, String what, Map<String, Object> further) {
    long id =
        handle.createQuery("SELECT COALESCE(MAX(id), 0) + 1 FROM drops").mapTo(Long.class).one();
    Map<String, Object> common = new LinkedHashMap<>();
    common.put("id", id);
    common.put("lane", "l");
    common.put("connection", "c");
    common.put("source", "/a/" + what);
    common.put("path", what);
    common.put("size", 1);
    common.put("modified", 1);
    common.put("claimed_at", further.getOrDefault("claimed_at", 1L));
    common.put("attempts", 1);
    switch (state) {
      case UPLOADED -> {
        upload(handle, common, further);
        other(handle, "work", state, common, Map.of("file_key", ""));
      }
      case FILED, DUPLICATE -> upload(handle, common, further);
      case FAILED_MOVED, GONE -> other(handle, "ended", state, common, of(OF_OTHERS, further));
      default -> {
        Map<String, Object> work = of(OF_OTHERS, further);
        work.put("file_key", "");
        other(handle, "work", state, common, work);
      }
    }
    return id;
  }

  private static void upload(
      Handle handle, Map<String, Object> common, Map<String, Object> further) {
    Map<String, Object> row = new LinkedHashMap<>(common);
    for (String flag : List.of("adopted", "tainted", "has_error", "resent")) {
      row.put(flag, 0);
    }
    row.put("uploaded_at", common.get("claimed_at"));
    row.putAll(of(OF_UPLOADS, further));
    insert(handle, "uploads", row);
  }

  private static void other(
      Handle handle,
      String table,
      DropState state,
      Map<String, Object> common,
      Map<String, Object> further) {
    Map<String, Object> row = new LinkedHashMap<>(common);
    row.put("state", state.name());
    row.putAll(further);
    insert(handle, table, row);
  }

  private static Map<String, Object> of(Set<String> columns, Map<String, Object> further) {
    Map<String, Object> some = new LinkedHashMap<>(further);
    some.keySet().retainAll(columns);
    return some;
  }

  private static void insert(Handle handle, String table, Map<String, Object> row) {
    handle
        .createUpdate(
            "INSERT INTO %s (%s) VALUES (:%s)"
                .formatted(
                    table, String.join(", ", row.keySet()), String.join(", :", row.keySet())))
        .bindMap(row)
        .execute();
  }
}

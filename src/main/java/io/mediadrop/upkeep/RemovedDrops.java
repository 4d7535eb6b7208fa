package io.mediadrop.upkeep;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mediadrop.drop.OldDrop;
import io.mediadrop.ledger.Ledger;
import io.mediadrop.ledger.Sql;
import io.mediadrop.ledger.UploadRecords;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Records that the files of old drops are removed, and forgets what belonged to them. */
class RemovedDrops {

  private static final Logger LOG = LoggerFactory.getLogger("mediadrop");

  private final Ledger ledger;
  private final UploadRecords uploadRecords;

  RemovedDrops(Ledger ledger, UploadRecords uploadRecords) {
    this.ledger = ledger;
    this.uploadRecords = uploadRecords;
  }

  /**
   * Records that the files are removed. Of what was uploaded the checksum and the media stay known,
   * so that the same content is still found to be a duplicate. A drop whose file lies on a server
   * stays too, or that would be taken once more.
   */
  void record(OldDrop drop) {
    ledger.write(
        handle -> drop.failed() ? forgetFailed(handle, drop) : forgetArchived(handle, drop));
    LOG.info("{} is removed from {}", drop, drop.failed() ? "failed" : "archive");
  }

  private static int forgetFailed(Handle handle, OldDrop drop) {
    handle.execute("DELETE FROM companions WHERE drop_id = ? AND failed = 1", drop.id());
    return Sql.update(handle, "UPDATE ended SET failed_path = NULL WHERE id = ?", drop.id())
        + Sql.update(handle, "UPDATE uploads SET failed_path = NULL WHERE id = ?", drop.id());
  }

  private int forgetArchived(Handle handle, OldDrop drop) {
    Optional<Map<String, Object>> row =
        handle
            .createQuery("SELECT * FROM uploads d WHERE d.id = ?" + OldDrops.ALL_IS_TOLD)
            .bind(0, drop.id())
            .mapToMap()
            .findOne();
    if (row.isEmpty()) {
      // there is something new to tell of it
      return 0;
    }
    boolean onServer = Sql.any(handle, "SELECT 1 FROM remote WHERE id = ?", drop.id());
    forget(handle, "uploads", drop.id());
    return row.get().get("duplicate_of") != null && !onServer ? 1 : remember(handle, row.get());
  }

  /** Deletes a drop with all that belongs to it. */
  static void forget(Handle handle, String from, long id) {
    for (String table : List.of("awaited_media", "assets", "companions", "parts")) {
      Sql.update(handle, "DELETE FROM " + table + " WHERE drop_id = ?", id);
    }
    Sql.update(handle, "DELETE FROM " + from + " WHERE id = ?", id);
  }

  /**
   * As a new row: pages of the database from which all rows have gone are used again, and pages of
   * rows that were made shorter are not.
   */
  private int remember(Handle handle, Map<String, Object> row) {
    row.put("removed_at", System.currentTimeMillis());
    row.put("answer", withoutFiles((String) row.get("answer")));
    if (row.get("md5") != null) {
      // only what was sent in parts is compared part by part
      row.put("plan", null);
    }
    String columns = String.join(", ", row.keySet());
    String values = row.keySet().stream().map(name -> ":" + name).collect(Collectors.joining(", "));
    return handle
        .createUpdate("INSERT INTO uploads (" + columns + ") VALUES (" + values + ")")
        .bindMap(row)
        .execute();
  }

  /** Which media it is stays known; where its files lie at the API does not. */
  private String withoutFiles(String answer) {
    ObjectNode media = JsonNodeFactory.instance.objectNode();
    uploadRecords.read(answer).path("media").properties().stream()
        .filter(field -> !field.getValue().isContainerNode())
        .forEach(field -> media.set(field.getKey(), field.getValue()));
    return JsonNodeFactory.instance.objectNode().set("media", media).toString();
  }
}

package io.mediadrop.ledger;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mediadrop.api.UploadPlan;
import io.mediadrop.sidecar.SidecarJson;
import io.mediadrop.source.DroppedFile;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.StatementContext;

/** Turns rows of the table of drops into drops, and a plan into its column and back. */
class DropRows implements RowMapper<Drop> {

  private static final String SELECT =
      "SELECT id, lane, connection, source, path, size, modified, state, attempts, due_at,"
          + " content_type, plan, archive_path, tainted, sidecar FROM drops WHERE ";

  /** As the partial index has it, to the letter: otherwise the database would not use it. */
  static final String UNDER_WAY = "state NOT IN ('FILED', 'DUPLICATE', 'FAILED_MOVED', 'GONE')";

  private static final ObjectMapper JSON = new ObjectMapper();

  @Override
  public Drop map(ResultSet row, StatementContext context) throws SQLException {
    return new Drop(
        row.getString("id"),
        row.getString("lane"),
        row.getString("connection"),
        Path.of(row.getString("source")),
        row.getString("path"),
        row.getLong("size"),
        row.getLong("modified"),
        DropState.valueOf(row.getString("state")),
        row.getInt("attempts"),
        row.getLong("due_at"),
        row.getString("content_type"),
        planOf(row.getString("plan")),
        row.getString("archive_path"),
        row.getInt("tainted") != 0,
        SidecarJson.ofColumn(row.getString("sidecar")));
  }

  /** The drop of this path that is still under way. */
  Optional<Drop> underWay(Handle handle, String lane, String path) {
    return where(handle, UNDER_WAY + " AND lane = :lane AND path = :path")
        .bind("lane", lane)
        .bind("path", path)
        .map(this)
        .findOne();
  }

  /** The drop of this id. */
  Optional<Drop> byId(Handle handle, String id) {
    return where(handle, "id = :id").bind("id", id).map(this).findOne();
  }

  /**
   * The drop in doubt that this file was before it was renamed: the same file with the same size
   * and time, which does not lie where it was any more.
   */
  Optional<Drop> renamedInDoubt(Handle handle, DroppedFile file) {
    if (file.stamp().key().isEmpty()) {
      return Optional.empty();
    }
    return where(
            handle,
            UNDER_WAY
                + " AND lane = :lane AND state IN ('SENDING', 'COMPLETING') AND file_key = :key"
                + " AND size = :size AND modified = :modified ORDER BY claimed_at")
        .bind("lane", file.lane().name())
        .bind("key", file.stamp().key())
        .bind("size", file.size())
        .bind("modified", file.stamp().modified())
        .map(this)
        .stream()
        .filter(drop -> !file.isAlsoAt(drop.source()))
        .findFirst();
  }

  /** All drops under way in a state, oldest first. */
  List<Drop> in(Handle handle, DropState state) {
    return where(handle, UNDER_WAY + " AND state = '" + state + "' ORDER BY claimed_at")
        .map(this)
        .list();
  }

  Query where(Handle handle, String condition) {
    return handle.createQuery(SELECT + condition);
  }

  static String toColumn(UploadPlan plan) {
    try {
      return JSON.writeValueAsString(plan);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a plan could not be written", e);
    }
  }

  private static UploadPlan planOf(String column) {
    try {
      return column == null ? null : JSON.readValue(column, UploadPlan.class);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the ledger holds a plan that cannot be read", e);
    }
  }
}

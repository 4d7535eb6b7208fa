package io.mediadrop.ledger;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mediadrop.api.UploadPlan;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.StatementContext;

/** Turns rows of the table of drops into drops, and a plan into its column and back. */
class DropRows implements RowMapper<Drop> {

  private static final String SELECT =
      "SELECT id, lane, source, path, size, modified, file_key, state, attempts, due_at,"
          + " content_type, plan, archive_path FROM drops WHERE ";

  private static final ObjectMapper JSON = new ObjectMapper();

  @Override
  public Drop map(ResultSet row, StatementContext context) throws SQLException {
    return new Drop(
        row.getString("id"),
        row.getString("lane"),
        Path.of(row.getString("source")),
        row.getString("path"),
        row.getLong("size"),
        row.getLong("modified"),
        row.getString("file_key"),
        DropState.valueOf(row.getString("state")),
        row.getInt("attempts"),
        row.getLong("due_at"),
        row.getString("content_type"),
        planOf(row.getString("plan")),
        row.getString("archive_path"));
  }

  /** The drop of this path that is still under way. */
  Optional<Drop> underWay(Handle handle, String lane, String path) {
    return handle
        .createQuery(
            SELECT
                + "lane = :lane AND path = :path"
                + " AND state NOT IN ('FILED', 'DUPLICATE', 'FAILED_MOVED', 'GONE')")
        .bind("lane", lane)
        .bind("path", path)
        .map(this)
        .findOne();
  }

  /** All drops in a state, oldest first. */
  List<Drop> in(Handle handle, DropState state) {
    return handle
        .createQuery(SELECT + "state = :state ORDER BY claimed_at")
        .bind("state", state.name())
        .map(this)
        .list();
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

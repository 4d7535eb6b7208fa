package io.mediadrop.ledger;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mediadrop.drop.Drop;
import io.mediadrop.drop.DropState;
import io.mediadrop.drop.SidecarJson;
import io.mediadrop.drop.UploadPlan;
import io.mediadrop.lane.DroppedFile;
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
public class DropRows implements RowMapper<Drop>, Sql.Row<Drop> {

  static final String SELECT =
      "SELECT id, lane, connection, source, path, size, modified, state, attempts, due_at,"
          + " content_type, plan, archive_path, tainted, sidecar, claimed_at FROM drops WHERE ";

  /** The same of those under way, with the places that were promised to the uploaded ones. */
  static final String SELECT_WORK =
      "SELECT w.id, w.lane, w.connection, w.source, w.path, w.size, w.modified, w.state,"
          + " w.attempts, w.due_at, w.content_type, w.plan, u.archive_path, u.tainted, w.sidecar,"
          + " w.claimed_at FROM work w LEFT JOIN uploads u ON u.id = w.id WHERE ";

  static final String IN_DOUBT =
      SELECT_WORK
          + "w.lane = ? AND w.state IN ('SENDING', 'COMPLETING') AND w.file_key = ?"
          + " AND w.size = ? AND w.modified = ? ORDER BY w.claimed_at";

  private static final ObjectMapper JSON = new ObjectMapper();

  @Override
  public Drop map(ResultSet row, StatementContext context) throws SQLException {
    return of(row);
  }

  @Override
  public Drop of(ResultSet row) throws SQLException {
    return new Drop(
        row.getLong(1),
        row.getString(2),
        row.getString(3),
        Path.of(row.getString(4)),
        row.getString(5),
        row.getLong(6),
        row.getLong(7),
        DropState.valueOf(row.getString(8)),
        row.getInt(9),
        row.getLong(10),
        row.getString(11),
        planOf(row.getString(12)),
        row.getString(13),
        row.getInt(14) != 0,
        SidecarJson.ofColumn(row.getString(15)),
        row.getLong(16));
  }

  /** The drop of this path that is still under way. */
  public Optional<Drop> underWay(Handle handle, String lane, String path) {
    return Sql.first(handle, this, SELECT_WORK + "w.lane = ? AND w.path = ?", lane, path);
  }

  /** The drop of this id. */
  public Optional<Drop> byId(Handle handle, long id) {
    Optional<Drop> underWay = Sql.first(handle, this, SELECT_WORK + "w.id = ?", id);
    return underWay.isPresent() ? underWay : Sql.first(handle, this, SELECT + "id = ?", id);
  }

  /**
   * The drop in doubt that this file was before it was renamed: the same file with the same size
   * and time, which does not lie where it was any more.
   */
  public Optional<Drop> renamedInDoubt(Handle handle, DroppedFile file) {
    if (file.stamp().key().isEmpty()) {
      return Optional.empty();
    }
    return Sql.all(
            handle,
            this,
            IN_DOUBT,
            file.lane().name(),
            file.stamp().key(),
            file.size(),
            file.stamp().modified())
        .stream()
        .filter(drop -> !file.isAlsoAt(drop.source()))
        .findFirst();
  }

  /** All drops under way in a state, oldest first. */
  List<Drop> in(Handle handle, DropState state) {
    return Sql.all(handle, this, SELECT_WORK + "w.state = ? ORDER BY w.claimed_at", state.name());
  }

  /** Whatever drops meet a condition, also such as have ended. */
  public Query where(Handle handle, String condition) {
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

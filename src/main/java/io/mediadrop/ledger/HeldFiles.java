package io.mediadrop.ledger;

import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/**
 * Remembers what lay in the folder of a lane when the lane got another connection. It was put there
 * for the one before.
 */
public class HeldFiles {

  /**
   * A file, or a folder that could not be looked through.
   *
   * @param stamp what identifies the file wherever it is renamed to; empty for a folder
   * @param connection the fingerprint of the connection that it was put there for
   */
  public record Held(String stamp, String connection) {}

  private Ledger ledger;
  private Connections connections;

  /** The fingerprint of a connection. */
  public String fingerprint(String connectionId) {
    return connections.fingerprint(connectionId);
  }

  /** What is held in a lane's folder, by its path below that. */
  public Map<String, Held> in(Path folder) {
    return ledger.read(
        handle -> {
          Map<String, Held> held = new HashMap<>();
          Sql.all(
              handle,
              row -> held.put(row.getString(1), new Held(row.getString(2), row.getString(3))),
              "SELECT path, stamp, connection FROM held_files WHERE folder = ?",
              folder.toString());
          return held;
        });
  }

  /**
   * Records in one step that the folder is for another connection now, and what lay there before.
   */
  public void change(Path folder, String connection, Map<String, Held> lay) {
    ledger.write(
        handle -> {
          insert(handle, folder, lay);
          handle.execute(
              "DELETE FROM held_files WHERE folder = ? AND connection = ?",
              folder.toString(),
              connection);
          return handle.execute(
              "UPDATE lane_folders SET connection = ? WHERE folder = ?",
              connection,
              folder.toString());
        });
  }

  /**
   * Records that some of it lies elsewhere in the folder now, too or only, or is not what it was,
   * and that some is gone.
   */
  public void follow(Path folder, Map<String, Held> known, Collection<String> gone) {
    ledger.write(
        handle -> {
          insert(handle, folder, known);
          PreparedBatch each =
              handle.prepareBatch("DELETE FROM held_files WHERE folder = ? AND path = ?");
          gone.forEach(path -> each.add(folder.toString(), path));
          return gone.isEmpty() ? 0 : each.execute().length;
        });
  }

  private static void insert(Handle handle, Path folder, Map<String, Held> files) {
    PreparedBatch each =
        handle.prepareBatch(
            "INSERT INTO held_files (folder, path, stamp, connection) VALUES (?, ?, ?, ?)"
                + " ON CONFLICT (folder, path) DO UPDATE SET stamp = excluded.stamp");
    files.forEach(
        (path, held) -> each.add(folder.toString(), path, held.stamp(), held.connection()));
    if (!files.isEmpty()) {
      each.execute();
    }
  }

  public void setLedger(Ledger ledger) {
    this.ledger = ledger;
  }

  public void setConnections(Connections connections) {
    this.connections = connections;
  }
}

package io.mediadrop.ledger;

import io.mediadrop.file.Home;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Remembers which folders lanes have watched: the files there are meant for their connection. */
public class LaneFolders {

  /**
   * Who watched a folder last.
   *
   * @param lane the lane's name
   * @param connection the fingerprint of the connection that what lies there is meant for; null if
   *     it is not known
   */
  public record Watched(String lane, String connection) {}

  private static final String HOME = "home";

  private Ledger ledger;
  private Home home;

  /** Follows a home that was moved: what lay in it lies there still. */
  public void open() {
    String root = realHome().toString();
    Optional<String> before =
        ledger.read(
            handle ->
                Sql.first(
                    handle,
                    row -> row.getString(1),
                    "SELECT value FROM facts WHERE name = ?",
                    HOME));
    if (before.isPresent() && before.get().equals(root)) {
      return;
    }
    ledger.write(
        handle -> {
          before.ifPresent(
              old -> {
                move(handle, "lane_folders", old, root);
                move(handle, "held_files", old, root);
              });
          return handle.execute(
              "INSERT INTO facts (name, value) VALUES (?, ?)"
                  + " ON CONFLICT (name) DO UPDATE SET value = excluded.value",
              HOME,
              root);
        });
  }

  private Path realHome() {
    try {
      return home.root().toRealPath();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void move(Handle handle, String table, String from, String to) {
    String below = from + FileSystems.getDefault().getSeparator();
    handle
        .createUpdate(
            "UPDATE "
                + table
                + " SET folder = :to || SUBSTR(folder, :length) WHERE SUBSTR(folder, 1, :length) ="
                + " :below AND NOT EXISTS (SELECT 1 FROM "
                + table
                + " there WHERE there.folder = :to || SUBSTR("
                + table
                + ".folder, :length))")
        .bind("to", to)
        .bind("below", below)
        // in characters, as databases count
        .bind("length", below.codePointCount(0, below.length()))
        .execute();
  }

  /** All folders, each with who watched it last. */
  public Map<Path, Watched> all() {
    return ledger.read(
        handle -> {
          Map<Path, Watched> all = new HashMap<>();
          Sql.all(
              handle,
              row ->
                  all.put(
                      Path.of(row.getString(1)), new Watched(row.getString(2), row.getString(3))),
              "SELECT folder, lane, connection FROM lane_folders");
          return all;
        });
  }

  /**
   * Remembers that a lane watches a folder. What waits there, and was begun by another lane, is
   * this one's from now on.
   *
   * @param folder without links
   * @param directory the same as the lane calls it
   * @param connection the fingerprint of the lane's connection
   * @return the fingerprint of the connection that what lies there is meant for
   */
  public String remember(Path folder, Path directory, String lane, String connection) {
    Optional<Watched> last = of(folder);
    if (last.isPresent() && last.get().lane().equals(lane) && last.get().connection() != null) {
      return last.get().connection();
    }
    String below = directory + directory.getFileSystem().getSeparator();
    return ledger.write(
        handle -> {
          handle
              .createUpdate(
                  "UPDATE work SET lane = :lane WHERE lane = (SELECT lane FROM lane_folders WHERE folder = :folder)"
                      + " AND SUBSTR(source, 1, :length) = :below"
                      + " AND path = SUBSTR(source, :length + 1)"
                      + " AND NOT EXISTS (SELECT 1 FROM work own WHERE own.lane = :lane"
                      + " AND own.path = work.path)")
              .bind("lane", lane)
              .bind("folder", folder.toString())
              .bind("below", below)
              // in characters, as databases count
              .bind("length", below.codePointCount(0, below.length()))
              .execute();
          handle.execute(
              "INSERT INTO lane_folders (folder, lane, connection) VALUES (?, ?, ?)"
                  + " ON CONFLICT (folder) DO UPDATE SET lane = excluded.lane,"
                  + " connection = COALESCE(lane_folders.connection, excluded.connection)",
              folder.toString(),
              lane,
              connection);
          return of(handle, folder).orElseThrow().connection();
        });
  }

  private Optional<Watched> of(Path folder) {
    return ledger.read(handle -> of(handle, folder));
  }

  private static Optional<Watched> of(Handle handle, Path folder) {
    return Sql.first(
        handle,
        row -> new Watched(row.getString(1), row.getString(2)),
        "SELECT lane, connection FROM lane_folders WHERE folder = ?",
        folder.toString());
  }

  public void setHome(Home home) {
    this.home = home;
  }

  public void setLedger(Ledger ledger) {
    this.ledger = ledger;
  }
}

package io.mediadrop.ledger;

import io.mediadrop.file.CompanionNames;
import io.mediadrop.file.FileStamp;
import io.mediadrop.file.Home;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jdbi.v3.core.Handle;

/** Knows which media file a companion belongs to, and remembers where companions were put. */
public class CompanionRecords {

  /** For how long the companion of a media file may come after it: names come again. */
  private static final Duration A_DAY = Duration.ofDays(1);

  /** What is about a film where a photo has the same name. */
  private static final Set<String> OF_FILMS = Set.of(".srt", ".vtt", ".thm", ".xml");

  /** By the index of what the archive has: there is none of the paths of drops that have ended. */
  private static final String ARCHIVED =
      "SELECT id, path, content_type, NOT EXISTS (SELECT 1 FROM work w WHERE w.id = u.id)"
          + " AS put_away, has_error, archive_path, failed_path, claimed_at FROM uploads u"
          + " WHERE archive_path >= ? AND archive_path < ? AND path >= ? AND path < ?"
          + " AND lane = ? AND uploaded_at >= ? AND removed_at IS NULL";

  /** Of what was refused, of one table or the other. */
  private static final String REFUSED =
      "SELECT id, path, content_type, state = 'FAILED_MOVED' AS put_away, 0 AS has_error,"
          + " NULL AS archive_path, failed_path, claimed_at FROM %s"
          + " WHERE failed_path >= ? AND failed_path < ? AND path >= ? AND path < ?"
          + " AND lane = ? AND failed_at >= ?";

  private static final String LAST_CHARACTER = "\uDBFF\uDFFF";

  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("yyyy/MM/dd").withZone(ZoneOffset.UTC);

  private final Clock clock;
  private Ledger ledger;
  private ArchivePaths archivePaths;
  private volatile Boolean any;

  /** Takes its times from the machine's clock. */
  public CompanionRecords() {
    this(Clock.systemUTC());
  }

  CompanionRecords(Clock clock) {
    this.clock = clock;
  }

  /**
   * The media file that a companion belongs to, if it ended within a day.
   *
   * @param path the companion's below the lane's folder, with slashes
   */
  public Optional<CompanionsMedia> mediaOf(String lane, String path) {
    String name = path.substring(path.lastIndexOf('/') + 1);
    boolean film = OF_FILMS.stream().anyMatch(name.toLowerCase(Locale.ROOT)::endsWith);
    List<CompanionsMedia> found = find(lane, path, Optional::of, Optional::of);
    if (found.isEmpty()) {
      // a name that a disk did not take may have become any other, but in the folder that is known
      found =
          find(
              lane,
              path,
              mate -> archivePaths.folderInstead(lane, mate),
              mate -> archivePaths.folderInsteadOfRefused(lane, mate));
    }
    return found.stream()
        .max(
            Comparator.<CompanionsMedia, Boolean>comparing(
                    media -> CompanionNames.isWholeNameOf(name, media.name()))
                .thenComparing(media -> media.isVideo() == film)
                .thenComparing(CompanionsMedia::claimedAt));
  }

  /** Those that a companion is about, by what their places below lane and day begin with. */
  private List<CompanionsMedia> find(
      String lane,
      String companion,
      Function<String, Optional<String>> archived,
      Function<String, Optional<String>> refused) {
    int end = companion.lastIndexOf('/') + 1;
    String folder = companion.substring(0, end);
    String name = companion.substring(end);
    Instant now = clock.instant();
    List<CompanionsMedia> found = new ArrayList<>();
    for (String mate : CompanionNames.mates(name)) {
      String path = folder + mate;
      for (String beginning : archived.apply(path).stream().toList()) {
        for (Instant day : List.of(now, now.minus(A_DAY))) {
          found.addAll(find(ARCHIVED, lane, DAY.format(day) + "/" + beginning, path));
        }
      }
      for (String beginning : refused.apply(path).stream().toList()) {
        found.addAll(find(REFUSED.formatted("ended"), lane, beginning, path));
        found.addAll(find(REFUSED.formatted("work"), lane, beginning, path));
      }
    }
    return found.stream()
        .filter(media -> media.path().equals(folder + media.name()))
        .filter(media -> CompanionNames.isOf(name, media.name()))
        .toList();
  }

  private List<CompanionsMedia> find(String query, String lane, String place, String path) {
    String beginning = lane + "/" + place;
    return ledger.read(
        handle ->
            Sql.all(
                handle,
                CompanionRecords::media,
                query,
                beginning,
                beginning + LAST_CHARACTER,
                path,
                path + LAST_CHARACTER,
                lane,
                clock.instant().minus(A_DAY).toEpochMilli()));
  }

  private static CompanionsMedia media(ResultSet row) throws SQLException {
    boolean failed = row.getString("archive_path") == null || row.getBoolean("has_error");
    String failedPath = row.getString("failed_path");
    return new CompanionsMedia(
        row.getLong("id"),
        row.getString("path"),
        row.getString("content_type"),
        row.getBoolean("put_away"),
        failed && failedPath != null,
        failed && failedPath != null ? failedPath : row.getString("archive_path"),
        row.getLong("claimed_at"));
  }

  /** Whether this companion, as it is, was promised a place already. */
  public Optional<Companion> known(CompanionsMedia media, String name, FileStamp stamp) {
    return ledger.read(handle -> known(handle, media, name, stamp));
  }

  private static Optional<Companion> known(
      Handle handle, CompanionsMedia media, String name, FileStamp stamp) {
    return Sql.first(
        handle,
        CompanionRecords::companion,
        "SELECT name, failed, place FROM companions"
            + " WHERE drop_id = ? AND name = ? AND size = ? AND modified = ? AND failed = ?",
        media.id(),
        name,
        stamp.size(),
        stamp.modified(),
        media.failed() ? 1 : 0);
  }

  /**
   * Promises a companion its place, or says which one it was promised before.
   *
   * @param choosing finds a place, given which ones are taken
   */
  public Companion promise(
      CompanionsMedia media,
      String name,
      FileStamp stamp,
      Function<Predicate<String>, String> choosing) {
    any = true;
    return ledger.write(
        handle ->
            known(handle, media, name, stamp)
                .orElseGet(() -> begin(handle, media, name, stamp, choosing)));
  }

  private static Companion begin(
      Handle handle,
      CompanionsMedia media,
      String name,
      FileStamp stamp,
      Function<Predicate<String>, String> choosing) {
    String place = choosing.apply(taken -> isTaken(handle, media.failed(), taken));
    Sql.update(
        handle,
        "INSERT INTO companions (drop_id, name, size, modified, failed, place)"
            + " VALUES (?, ?, ?, ?, ?, ?)",
        media.id(),
        name,
        stamp.size(),
        stamp.modified(),
        media.failed() ? 1 : 0,
        place);
    return new Companion(name, media.failed(), place);
  }

  private static boolean isTaken(Handle handle, boolean failed, String place) {
    return Sql.any(
            handle,
            "SELECT 1 FROM companions WHERE failed = ? AND place = ?",
            failed ? 1 : 0,
            place)
        || !failed && UploadRecords.isReserved(handle, place);
  }

  /** Records that a companion has followed its media file to the refused files. */
  public void moved(Companion companion, String place) {
    ledger.write(
        handle ->
            Sql.update(
                handle,
                "UPDATE companions SET failed = 1, place = ? WHERE failed = 0 AND place = ?",
                place,
                companion.place()));
  }

  /** The companions of a drop. */
  public List<Companion> of(long dropId) {
    return hasAny() ? ledger.read(handle -> of(handle, dropId)) : List.of();
  }

  public static List<Companion> of(Handle handle, long dropId) {
    return Sql.all(
        handle,
        CompanionRecords::companion,
        "SELECT name, failed, place FROM companions WHERE drop_id = ? ORDER BY place",
        dropId);
  }

  private static Companion companion(ResultSet row) throws SQLException {
    return new Companion(row.getString("name"), row.getBoolean("failed"), row.getString("place"));
  }

  /** Most homes never have any, and are not to pay for it with each receipt. */
  private boolean hasAny() {
    if (any == null) {
      any = ledger.read(handle -> Sql.any(handle, "SELECT 1 FROM companions LIMIT 1"));
    }
    return any;
  }

  public void setLedger(Ledger ledger) {
    this.ledger = ledger;
  }

  public void setHome(Home home) {
    archivePaths = new ArchivePaths(home);
  }
}

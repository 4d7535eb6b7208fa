package io.mediadrop.source;

import io.mediadrop.base.Printable;
import io.mediadrop.file.FileStamp;
import io.mediadrop.lane.Lane;
import io.mediadrop.ledger.HeldFiles;
import io.mediadrop.ledger.HeldFiles.Held;
import io.mediadrop.ledger.LaneFolders;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What lay in a lane's folder when the lane got another connection. It was put there for the one
 * before, and is not taken until a person takes it out of the folder and puts it in again. A second
 * name of such a file is the same file, and a copy is the same photo: they are held as well, until
 * all are out of the folder.
 */
public class HeldBack {

  /** Reads files, given by their paths below the lane's folder. */
  @FunctionalInterface
  public interface Content {
    /** The content of a file, from its beginning; null if it is not there or must not be read. */
    InputStream of(Path file) throws Exception;
  }

  /** So many files are named in one line. */
  private static final int MOST_NAMES = 3;

  private static final Logger LOG = LoggerFactory.getLogger("mediadrop.lane");

  private final Lane lane;
  private final HeldFiles heldFiles;
  private final String connection;
  private final String before;
  private final HeldContents contents;
  private final Map<String, Held> held;
  private boolean noted;
  private Set<String> awayBefore = Set.of();

  /** Enters a lane's folder, which is the lane's from now on. */
  public HeldBack(Lane lane, LaneFolders laneFolders, HeldFiles heldFiles, Content content) {
    this.lane = lane;
    this.heldFiles = heldFiles;
    contents = new HeldContents(content);
    connection = heldFiles.fingerprint(lane.getConnectionId());
    before = laneFolders.remember(lane.place(), lane.directory(), lane.name(), connection);
    lane.ownership().enter(connection);
    noted = before.equals(connection);
    held = new HashMap<>(heldFiles.in(lane.place()));
    contents.compareWith(held);
    if (noted) {
      tell();
    }
  }

  private void tell() {
    if (!held.isEmpty()) {
      remark();
      LOG.warn("Lane {}: {}", lane, lane.remark());
    }
  }

  private void remark() {
    lane.remark(
        ("what lay in %s before the lane got another connection is left where it is (%d files or"
                + " folders): to have it uploaded for that one, move it out of the folder and, a"
                + " minute later, in again")
            .formatted(lane.watches(), held.size()));
  }

  private void tellOfCopies(Set<String> copies) {
    if (!copies.isEmpty()) {
      LOG.warn(
          "Lane {}: left where it is, since its content lay in {} before the lane got another"
              + " connection: {} (to have it uploaded, move all files with that content out of the"
              + " folder and, a minute later, in again)",
          lane,
          lane.watches(),
          Printable.of(named(copies)));
    }
  }

  private static String named(Set<String> files) {
    String names = files.stream().sorted().limit(MOST_NAMES).collect(Collectors.joining(", "));
    int others = files.size() - MOST_NAMES;
    return others > 0 ? names + " and " + others + " others" : names;
  }

  /** Whether it has to be told of listings, and asked about files. */
  public boolean listens() {
    return !noted || !held.isEmpty();
  }

  /**
   * Takes note of a whole listing.
   *
   * @param files each file that was seen, with its path below the lane's folder
   * @param folders the folders below that were seen
   * @param unseen those of them that were not looked into
   */
  public void listed(Map<String, FileStamp> files, Set<String> folders, Set<String> unseen) {
    if (!noted) {
      note(files, unseen);
    } else if (!held.isEmpty()) {
      follow(files, folders, unseen);
    }
  }

  private void note(Map<String, FileStamp> files, Set<String> unseen) {
    Map<String, Held> lay = new HashMap<>();
    files.forEach((path, stamp) -> lay.put(path, new Held(HeldChanges.text(stamp), before)));
    unseen.forEach(path -> lay.put(path, new Held("", before)));
    heldFiles.change(lane.place(), connection, lay);
    held.clear();
    held.putAll(heldFiles.in(lane.place()));
    contents.compareWith(held);
    noted = true;
    tell();
  }

  private void follow(Map<String, FileStamp> files, Set<String> folders, Set<String> unseen) {
    HeldChanges changes = new HeldChanges(held, contents, files);
    Map<String, Held> away = changes.away(folders, unseen);
    contents.forgetAllBut(files.keySet());
    // asked as soon as a file is seen: its original may go before it has settled
    Map<String, Held> copies = changes.copies();
    Map<String, Held> known = changes.touched();
    known.putAll(changes.moved(away));
    known.putAll(copies);
    // what is moved while the folder is listed may be seen nowhere once
    Set<String> gone = new HashSet<>(contents.isUndecided() ? Set.of() : away.keySet());
    gone.retainAll(awayBefore);
    awayBefore = away.keySet();
    if (!known.isEmpty() || !gone.isEmpty()) {
      heldFiles.follow(lane.place(), known, gone);
      held.keySet().removeAll(gone);
      held.putAll(known);
      contents.compareWith(held);
      remark();
    }
    tellOfCopies(copies.keySet());
    if (held.isEmpty()) {
      lane.remark(null);
      LOG.info("Lane {}: nothing is held back any more in {}", lane, lane.watches());
    }
  }

  /**
   * Whether a file lay there before, or has the content of one that did, as far as is known by now.
   *
   * @param file below the lane's folder
   */
  public boolean has(Path file, FileStamp stamp) {
    return !noted
        || !held.isEmpty()
            && (HeldChanges.isIn(file.toString(), held.keySet())
                || !contents.originalOf(file.toString(), stamp).isKnownToBeNone());
  }

  /** Whether it is being found out of some file whether it is to be held. */
  boolean isUndecided() {
    return contents.isUndecided();
  }
}

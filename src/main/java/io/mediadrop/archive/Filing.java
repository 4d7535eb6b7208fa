package io.mediadrop.archive;

import io.mediadrop.api.Checksums;
import io.mediadrop.api.UploadApi;
import io.mediadrop.base.Printable;
import io.mediadrop.drop.Drop;
import io.mediadrop.drop.DropState;
import io.mediadrop.drop.Filed;
import io.mediadrop.drop.Reason;
import io.mediadrop.drop.Uploaded;
import io.mediadrop.file.DiskNames;
import io.mediadrop.file.FileNames;
import io.mediadrop.file.FileStamp;
import io.mediadrop.file.Home;
import io.mediadrop.file.SafeMove;
import io.mediadrop.file.WantedPlace;
import io.mediadrop.file.Writers;
import io.mediadrop.lane.Intake;
import io.mediadrop.ledger.Ledger;
import io.mediadrop.ledger.UploadRecords;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.apache.camel.Body;
import org.jdbi.v3.core.JdbiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts a file where its drop has ended: an uploaded one into the archive with its receipt, a
 * refused one into the failed folder with its reason. Every step can be repeated after a crash.
 */
public class Filing {

  private static final Logger LOG = LoggerFactory.getLogger("mediadrop");

  /**
   * What file systems keep the times of files in, in nanoseconds: that of Windows, most servers,
   * old ones of Linux, and that of cameras' cards.
   */
  private static final List<Long> UNITS =
      List.of(100L, 1_000L, 1_000_000L, 10_000_000L, 1_000_000_000L, 2_000_000_000L);

  /** Drops that a thread is putting away just now. */
  private final Set<String> underWay = ConcurrentHashMap.newKeySet();

  /** Drops whose trouble was told already. */
  private final Set<String> told = ConcurrentHashMap.newKeySet();

  /** Why drops could not be put away at the last try. */
  private final Map<String, String> troubles = new ConcurrentHashMap<>();

  /** Drops whose file was found at both places, which a large one takes long to be. */
  private final Set<String> compared = ConcurrentHashMap.newKeySet();

  private Home home;
  private Ledger ledger;
  private UploadRecords uploadRecords;
  private Receipts receipts;
  private Checksums checksums;
  private Intake intake;
  private Writers writers;
  private FiledOriginals filedOriginals;

  /** Finishes what an earlier run had uploaded or given up, but not put away. */
  void putAwayLeft() {
    ledger.in(DropState.UPLOADED).forEach(this::putAway);
    ledger.in(DropState.FAILED).forEach(this::putAway);
  }

  /**
   * Puts the file of a drop away if the drop has ended. If the disk refuses, the ledger still says
   * what is to be done; if it refuses altogether, no more files are taken.
   *
   * @return whether nothing is left to be done now
   */
  public boolean putAway(@Body Drop drop) {
    if (!underWay.add(drop.id())) {
      return false;
    }
    try {
      if (!ledger.isStill(drop)) {
        // somebody else has put it away since it was read
        return true;
      }
      switch (drop.state()) {
        case UPLOADED -> archive(drop);
        case FAILED -> setAside(drop);
        default -> {
          // still under way: the file stays where it is
        }
      }
      told.remove(drop.id());
      compared.remove(drop.id());
      troubles.remove(drop.id());
      return true;
    } catch (IOException e) {
      tell(drop, e);
      return false;
    } catch (JdbiException e) {
      // told by the intake; the drop is put away once the ledger can be written
      return false;
    } finally {
      underWay.remove(drop.id());
    }
  }

  /** The same for several uploaded drops, for which the disk and the ledger are waited for once. */
  boolean[] putAway(List<Drop> drops) {
    List<Drop> ours = drops.stream().filter(drop -> underWay.add(drop.id())).toList();
    Set<Drop> filed = new HashSet<>();
    try {
      requireDisks();
      filed.addAll(new FilingBatch(this).file(ours));
    } catch (IOException | JdbiException e) {
      LOG.debug("several files together could not be put away; each is tried by itself", e);
    } finally {
      ours.forEach(drop -> underWay.remove(drop.id()));
    }
    boolean[] done = new boolean[drops.size()];
    for (int i = 0; i < done.length; i++) {
      done[i] = filed.contains(drops.get(i)) || putAway(drops.get(i));
    }
    return done;
  }

  private void tell(Drop drop, IOException e) {
    troubles.put(drop.id(), inWords(e));
    if (!home.disks().canTake(drop.source(), drop.size())) {
      intake.close(
          Intake.Trouble.FILING,
          "nothing can be put away in %s (%s): see that archive and failed have room and may be written"
              .formatted(home.root(), e));
    } else if (told.add(drop.id())) {
      LOG.error(
          "{} cannot be put away, which is tried again: {}", drop, Printable.of(e.toString()));
    }
  }

  /** Why a drop could not be put away, for people elsewhere, whom folders here do not concern. */
  public String whyNotPutAway(Drop drop) {
    return troubles.getOrDefault(drop.id(), "the disk does not answer");
  }

  private static String inWords(IOException e) {
    if (e instanceof AccessDeniedException) {
      return "mediadrop lacks the right to move it";
    }
    if (e instanceof FileSystemException refused) {
      return refused.getReason() == null
          ? refused.getClass().getSimpleName()
          : Printable.of(refused.getReason());
    }
    return Printable.of(String.valueOf(e.getMessage()));
  }

  private void archive(Drop uploadedDrop) throws IOException {
    requireDisks();
    Drop drop = placed(uploadedDrop);
    Uploaded uploaded = uploadRecords.of(drop);
    boolean faulty = uploaded.media().path("hasError").asBoolean();
    String failed = faulty ? setFaultyAside(drop) : null;
    boolean kept = !faulty && moveOnce(drop, original(drop));
    if (kept) {
      SidecarMove.after(drop, drop.source(), original(drop));
    }
    SafeMove.replace(receipt(drop), receipts.write(uploaded, kept));
    record(List.of(new Filed(drop, uploaded, kept ? drop.archivePath() : null, failed)));
  }

  /**
   * The drop, if need be with another place than it was promised: one whose names the disk takes,
   * and that nothing else has. The ledger has it before anything goes there.
   */
  private Drop placed(Drop drop) throws IOException {
    String taken = DiskNames.taken(home.archive(), drop.archivePath());
    boolean refused = !taken.equals(drop.archivePath());
    if (refused ? isThere(drop) : !isOthers(drop)) {
      return drop;
    }
    if (DiskNames.isPath(home.archive(), drop.archivePath())) {
      SafeMove.forgetCopy(original(drop));
    }
    Drop placed = uploadRecords.elsewhere(drop, taken);
    LOG.info(
        "{} goes to {} in the archive, {}",
        drop,
        Printable.of(placed.archivePath()),
        refused ? "whose disk does not take its name" : "where something else has its name");
    return placed;
  }

  /** Whether the archive's disk takes the names of the drop's place. */
  boolean takesNames(Drop drop) {
    return DiskNames.taken(home.archive(), drop.archivePath()).equals(drop.archivePath());
  }

  private boolean isThere(Drop drop) {
    return DiskNames.isPath(home.archive(), drop.archivePath()) && isThere(original(drop));
  }

  /** Whether the drop's file is still to be moved, and what has its place is another one. */
  private boolean isOthers(Drop drop) throws IOException {
    return isThere(original(drop))
        && !drop.tainted()
        && isSent(drop, drop.source())
        && !isAtBoth(drop);
  }

  /** A crash in a move leaves the file at both places, under two names or as two copies. */
  private boolean isAtBoth(Drop drop) throws IOException {
    if (!compared.contains(drop.id())
        && (Files.isSameFile(drop.source(), original(drop))
            || Files.mismatch(drop.source(), original(drop)) < 0)) {
      compared.add(drop.id());
    }
    return compared.contains(drop.id());
  }

  /** Records that these are filed, and says so. */
  void record(List<Filed> all) {
    uploadRecords.filed(all);
    all.stream()
        .filter(filed -> filed.archived() != null)
        .forEach(filed -> filedOriginals.filed(filed.drop()));
    for (Filed filed : all) {
      forgetReason(filed.drop());
      if (filed.uploaded().duplicateOf() == null) {
        LOG.info(
            "{} is uploaded as media {} and archived", filed.drop(), mediaId(filed.uploaded()));
      }
    }
  }

  Uploaded uploaded(Drop drop) {
    return uploadRecords.of(drop);
  }

  /** On a disk that is not the one that was meant, a file would vanish from sight later. */
  void requireDisks() throws IOException {
    if (!home.disks().areThere()) {
      throw new IOException("archive or failed is gone or lies on another disk than at the start");
    }
  }

  /** The reason of a file that was dragged back and has gone well now would only confuse. */
  private void forgetReason(Drop drop) {
    String place = drop.lane() + "/" + drop.path();
    forgetReason(place);
    if (drop.sidecar() != null) {
      // it may have been there alone
      forgetReason(FileNames.sidecar(place));
    }
  }

  private void forgetReason(String place) {
    Path reason = home.failed().resolve(FileNames.reason(place));
    try {
      if (isThere(reason) && !isThere(home.failed().resolve(place))) {
        Files.deleteIfExists(reason);
      }
    } catch (IOException e) {
      LOG.warn("{} is about a file that is archived now: {}", Printable.of(reason), e.toString());
    }
  }

  Path receipt(Drop drop) {
    return home.archive().resolve(FileNames.receipt(drop.archivePath()));
  }

  /** The receipt of an upload whose original is kept. */
  byte[] receipt(Uploaded uploaded) {
    return receipts.write(uploaded, true);
  }

  Path original(Drop drop) {
    return home.archive().resolve(drop.archivePath());
  }

  /** Whether the original of a filed drop is in the archive, whole. */
  public boolean hasOriginal(Drop drop) {
    return drop.archivePath() != null && SafeMove.isWhole(original(drop), drop.size());
  }

  private static String mediaId(Uploaded uploaded) {
    return uploaded.media().path("id").asText("(none yet)");
  }

  /**
   * Moves the file that was sent, unless that was done before a crash.
   *
   * @return whether it is at its place; false if it is gone or was replaced
   */
  private boolean moveOnce(Drop drop, Path place) throws IOException {
    if (isSent(drop, place)) {
      finishMove(drop, drop.source(), place);
      return true;
    }
    if (!drop.tainted() && isSent(drop, drop.source())) {
      requireClosed(drop);
      SafeMove.move(drop.source(), place);
      if (isSent(drop, place)) {
        return true;
      }
    }
    if (Files.exists(place, LinkOption.NOFOLLOW_LINKS)
        && !Files.exists(drop.source(), LinkOption.NOFOLLOW_LINKS)) {
      putBack(drop, place);
    } else {
      LOG.warn("{} was uploaded, but its file is gone or was changed since", drop);
    }
    return false;
  }

  /**
   * What a program goes on to write would be lost with the file that was copied to another disk.
   */
  private void requireClosed(Drop drop) throws IOException {
    if (!Files.getFileStore(drop.source()).equals(Files.getFileStore(home.archive()))
        && writers.of(drop.source(), FileStamp.of(drop.source())) == Writers.Answer.SOMEBODY) {
      throw new IOException("a program has it open for writing: it is moved once it is closed");
    }
  }

  /** A crash before the end of the move leaves the file at both places. */
  private void finishMove(Drop drop, Path from, Path to) throws IOException {
    if (isSent(drop, from)) {
      SafeMove.forgetCopy(to);
      SafeMove.syncFolder(to.getParent());
      SafeMove.remove(from, FileStamp.of(from));
      SafeMove.syncFolder(from.getParent());
    }
  }

  private static void putBack(Drop drop, Path replaced) throws IOException {
    for (int n = 1; ; n++) {
      try {
        Path source = drop.source().resolveSibling(FileNames.numbered(drop.name(), n));
        SafeMove.move(replaced, source);
        LOG.warn(
            "{} was uploaded and replaced at the last moment; the new file was put back as {}",
            drop,
            Printable.of(source.getFileName()));
        return;
      } catch (FileAlreadyExistsException e) {
        LOG.debug("{} was replaced twice, the next name is tried", drop, e);
      }
    }
  }

  /** Whether the file at the path is the one that was sent, if need be by its content. */
  boolean isSent(Drop drop, Path path) throws IOException {
    try {
      FileStamp stamp = FileStamp.of(path);
      return stamp.kind() == FileStamp.Kind.FILE
          && stamp.size() == drop.size()
          && (stamp.modified() == drop.modified()
              || !path.equals(drop.source()) && isRounded(stamp.modified(), drop.modified())
              || hasSentContent(drop, path));
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  /** Whether another file system, on which the file was put, would keep its time like that. */
  private static boolean isRounded(long kept, long modified) {
    return UNITS.stream()
        .mapToLong(unit -> modified - Math.floorMod(modified, unit))
        .anyMatch(rounded -> kept == rounded);
  }

  private boolean hasSentContent(Drop drop, Path path) throws IOException {
    return drop.plan() != null
        && drop.archivePath() != null
        && checksums.onDisk(path, drop.plan()).equals(uploadRecords.of(drop).checksum());
  }

  private String setFaultyAside(Drop drop) throws IOException {
    return setAside(drop, drop.source(), Reason.NOT_PROCESSED);
  }

  /** The text that tells a person why the drop failed. */
  public byte[] reason(Drop drop) {
    boolean refused = drop.state() == DropState.FAILED || drop.state() == DropState.FAILED_MOVED;
    return Reasons.write(
        drop,
        refused ? ledger.reasonOf(drop) : Reason.NOT_PROCESSED,
        drop.source(),
        placeToRetry(drop));
  }

  /** Where the file is to be put for another try. */
  private String placeToRetry(Drop drop) {
    return drop.source().startsWith(home.data())
        ? "its folder on the server"
        : Printable.of(drop.source().getParent());
  }

  private void setAside(Drop drop) throws IOException {
    requireDisks();
    Reason reason = ledger.reasonOf(drop);
    ledger.setAside(drop, reason, setAside(drop, drop.source(), reason));
  }

  /**
   * Moves the original of a filed upload, of which the API could make nothing after all, to the
   * refused files; returns its place there, or null if it is gone or was changed.
   */
  String takeBack(Drop drop) throws IOException {
    requireDisks();
    return setAside(drop, original(drop), Reason.NOT_PROCESSED);
  }

  /** Moves the file to the refused ones; returns its place there, or null if it is gone. */
  private String setAside(Drop drop, Path file, Reason reason) throws IOException {
    String place = movedBefore(drop, file);
    if (place == null && isSent(drop, file)) {
      place = moveAside(drop, file, reason);
    }
    if (place != null) {
      SidecarMove.after(drop, file, home.failed().resolve(place));
    }
    return place;
  }

  /** A crash during the move may have left it where it was to go, or at both places. */
  private String movedBefore(Drop drop, Path file) throws IOException {
    String place = ledger.movedTo(drop).orElse(null);
    if (place == null || !isThere(home.failed().resolve(place))) {
      return null;
    }
    if (!isSent(drop, file)) {
      return place;
    }
    if (!isSent(drop, home.failed().resolve(place))) {
      return null;
    }
    finishMove(drop, file, home.failed().resolve(place));
    return place;
  }

  private String moveAside(Drop drop, Path file, Reason reason) throws IOException {
    String place = freePlace(drop);
    ledger.movingTo(drop, place);
    Path target = home.failed().resolve(place);
    SafeMove.replace(
        home.failed().resolve(FileNames.reason(place)),
        Reasons.write(drop, reason, target, placeToRetry(drop)));
    SafeMove.move(file, target);
    LOG.error("{} was not uploaded: see failed/{}", drop, Printable.of(FileNames.reason(place)));
    return place;
  }

  private static boolean isThere(Path file) {
    return Files.exists(file, LinkOption.NOFOLLOW_LINKS);
  }

  private String freePlace(Drop drop) {
    String path = DiskNames.path(home.failed(), drop.path());
    String taken = DiskNames.taken(home.failed(), drop.lane() + "/" + path);
    String wanted =
        WantedPlace.below(
            home.failed(), drop.lane(), taken.substring(taken.indexOf('/') + 1), place -> false);
    return IntStream.iterate(1, n -> n + 1)
        .mapToObj(n -> FileNames.numbered(wanted, n))
        .filter(place -> !isThere(home.failed().resolve(place)))
        .filter(
            place ->
                drop.sidecar() == null || !isThere(home.failed().resolve(FileNames.sidecar(place))))
        .findFirst()
        .orElseThrow();
  }

  public void setHome(Home home) {
    this.home = home;
  }

  public void setLedger(Ledger ledger) {
    this.ledger = ledger;
  }

  public void setUploadRecords(UploadRecords uploadRecords) {
    this.uploadRecords = uploadRecords;
  }

  public void setReceipts(Receipts receipts) {
    this.receipts = receipts;
  }

  public void setApi(UploadApi api) {
    checksums = api.checksums();
  }

  public void setWriters(Writers writers) {
    this.writers = writers;
  }

  /** Has somebody told of each original that comes to the archive. */
  void follow(FiledOriginals filedOriginals) {
    this.filedOriginals = filedOriginals;
  }

  public void setIntake(Intake intake) {
    this.intake = intake;
  }
}

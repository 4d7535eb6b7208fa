package io.mediadrop.source;

import io.mediadrop.api.pace.RateLimits;
import io.mediadrop.archive.CompanionFiling;
import io.mediadrop.base.ConfigurationMistake;
import io.mediadrop.base.Printable;
import io.mediadrop.file.FileStamp;
import io.mediadrop.file.FolderWatch;
import io.mediadrop.file.IgnoredNames;
import io.mediadrop.file.SidecarNames;
import io.mediadrop.file.Strays;
import io.mediadrop.lane.DroppedFile;
import io.mediadrop.lane.FilesInHand;
import io.mediadrop.lane.Intake;
import io.mediadrop.lane.Lane;
import io.mediadrop.lane.Lanes;
import io.mediadrop.lane.Ownership;
import io.mediadrop.lane.WatchNotes;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Chooses the files of a folder that are handed over next: those whose stamp has stayed the same
 * for the settle time, by our own monotonic clock, so that no file is waited for and no timestamp
 * is trusted. The folder is looked through when {@link ScanTimes} says so; in between the files are
 * chosen from what was seen, and only the chosen ones are looked at again.
 */
class SettledFiles implements FolderWatch.Listener {

  private static final Logger LOG = LoggerFactory.getLogger("mediadrop.lane");

  /** Choosing, too, may take its share of a processor and no more. */
  private static final int REST = 10;

  /** When it is asked again whose files are, where that is not known yet. */
  private static final long ANOTHER_LOOK = Duration.ofMillis(500).toNanos();

  private static final long BREATH = Duration.ofMillis(20).toNanos();

  /** When a file is tried again that could not be handed over. */
  private static final Duration LATER = Duration.ofSeconds(30);

  private final Strays strays = new Strays();
  private final Queue<Path> gone = new ConcurrentLinkedQueue<>();
  private final Lane lane;
  private final DropFolderEndpoint settings;
  private final DropFolderComponent shared;
  private final PollSchedule schedule;
  private final Lanes lanes;
  private final Intake intake;
  private final IgnoredNames ignoredNames;
  private final WatchNotes watchNotes;
  private final FolderWatch folderWatch;
  private final RateLimits rateLimits;
  private final Duration poll;
  private SidecarRounds sidecarRounds;
  private OpenForWriting openForWriting;
  private CompanionSightings companions;
  private CompanionRounds companionRounds;
  private EmptyFolders emptyFolders;
  private HeldBack heldBack;
  private FolderGate gate;
  private FolderScan scan;
  private ScanTimes scanTimes;
  private Sightings sightings;
  private Set<String> folders = Set.of();
  private final Map<Path, Boolean> ours = new HashMap<>();
  private Object claims;
  private List<Path> chosen = List.of();
  private volatile boolean more;
  private volatile boolean moreLarge;
  private volatile boolean atRateLimit;
  private volatile Backlog backlog = new Backlog(0);
  private volatile long restUntil = System.nanoTime();
  private long ordered;
  private boolean closed;
  private long untilSettled;

  /**
   * Chooses among the files of a lane's folder.
   *
   * @param settings what the lane's route says
   * @param shared what the folders of all lanes have in common
   * @param schedule woken when something has become due
   */
  SettledFiles(
      Lane lane, DropFolderEndpoint settings, DropFolderComponent shared, PollSchedule schedule) {
    this.lane = lane;
    this.settings = settings;
    this.shared = shared;
    this.schedule = schedule;
    lanes = shared.lanes();
    intake = shared.intake();
    ignoredNames = shared.ignoredNames();
    watchNotes = shared.watchNotes();
    folderWatch = shared.folderWatch();
    rateLimits = shared.rateLimits();
    poll = settings.poll();
  }

  /**
   * Makes sure that the lane can do its work in the folder.
   *
   * @throws ConfigurationMistake if it cannot
   */
  void open() {
    FolderRights.require(lane, shared.home());
    watchNotes.take(lane);
    lane.pause().forget();
    heldBack = new HeldBack(lane, shared.laneFolders(), shared.heldFiles(), this::contentOf);
    gate = new FolderGate(lane, lanes);
    scan = new FolderScan(lane, watchNotes, ignoredNames, shared.companionNames(), strays);
    scanTimes = new ScanTimes(poll, System.nanoTime());
    openForWriting = new OpenForWriting(lane, shared.writers(), settings.incompleteAfter());
    boolean required = settings.isSidecarRequired();
    sightings = new Sightings(System::nanoTime, settings.settle(), Files::isReadable, required);
    sidecarRounds =
        new SidecarRounds(
            sightings,
            required,
            settings.incompleteAfter(),
            settings.orphanAfter(),
            new OwnPlace());
    emptyFolders = new EmptyFolders(System::nanoTime, settings.emptyFolders());
    companions = new CompanionSightings(System::nanoTime, settings.settle());
    companionRounds = new CompanionRounds(companions, settings.orphanAfter(), new OwnPlace());
    if (heldBack.listens()) {
      // what comes from now on is for the connection that the lane has now
      scan();
    }
  }

  /** Listens no more; called when the lane is removed. */
  void close() {
    folderWatch.leave(this);
    watchNotes.leave(lane);
  }

  /** The files that are to be handed over now; none while the lane takes none. */
  List<Path> next() {
    chosen = List.of();
    more = false;
    moreLarge = false;
    closed = !intake.isOpen() || !lane.takesFiles() || !isOurs() || isScanDue() && !scan();
    if (!closed) {
      choose();
    }
    return chosen;
  }

  private boolean isOurs() {
    return watchNotes.holds(lane)
        || alarm(
            "it is watched by %s by now: stop that one, or give each home a folder of its own"
                .formatted(watchNotes.holderOf(lane)));
  }

  /** What was another lane's or nobody's may not be so any more, and the other way round. */
  private boolean isScanDue() {
    return scanTimes.untilNext(System.nanoTime()) == 0 || lanes.claims() != claims;
  }

  private boolean scan() {
    Path folder = lane.directory();
    long begun = System.nanoTime();
    try {
      if (!Files.isDirectory(folder) || !Files.isReadable(folder)) {
        scanTimes.scanned(begun, begun, true, false);
        return alarm("the folder is gone or cannot be listed: bring it back");
      }
      if (!lane.isThere()) {
        scanTimes.scanned(begun, begun, true, false);
        return alarm("it lies on another disk than at the start: mount that one again");
      }
      Onlooker onlooker = new Onlooker();
      claims = lanes.claims();
      sightings.begin();
      companions.begin();
      emptyFolders.begin();
      boolean watched = scan.show(onlooker);
      int before = sightings.size() + companions.size();
      Set<Path> present = sightings.end();
      companions.end();
      lane.hand().forgetAllBut(present);
      openForWriting.forgetAllBut(present);
      gate.endOfListing();
      ours.clear();
      heldBack.listed(onlooker.files(), onlooker.entered, onlooker.passed);
      sidecarRounds.make(strays, Set.of());
      companionRounds.tell(strays);
      strays.endOfListing();
      emptyFolders.end(folder, below -> lane.ownershipOf(below(below)) == Ownership.ANOTHERS);
      leaveAllBut(onlooker.folders);
      boolean changed = onlooker.changed || before != sightings.size() + companions.size();
      long ended = System.nanoTime();
      scanTimes.scanned(begun, ended, changed, watched);
      restUntil = ended;
      lane.reach().found();
      LOG.debug(
          "{}: looked through {} files in {} us", lane, sightings.size(), (ended - begun) / 1000);
      return true;
    } catch (IOException | RuntimeException e) {
      LOG.debug("{} cannot be looked through", lane, e);
      lane.hand().forgetAllBut(sightings.end());
      scanTimes.scanned(begun, System.nanoTime(), true, false);
      return alarm("it cannot be listed: " + e);
    }
  }

  private boolean alarm(String reason) {
    lane.reach().lost("%s is not watched: %s".formatted(lane.watches(), Printable.of(reason)));
    return strays.alarm(lane.directory(), reason);
  }

  private Path below(Path path) {
    return lane.directory().relativize(path);
  }

  /** Folders that were moved away would be listened to for ever. */
  private void leaveAllBut(Set<String> seen) {
    if (!seen.containsAll(folders)) {
      folderWatch.leaveAllBut(seen, this);
    }
    folders = seen;
  }

  private final class OwnPlace implements SidecarRounds.Place, CompanionRounds.Place {

    @Override
    public CompanionFiling.Outcome takeAlong(Path companion, FileStamp stamp) throws IOException {
      String path = lane.directory().relativize(companion).toString();
      return shared.companionFiling().take(lane.name(), path, companion, stamp);
    }

    @Override
    public void putAway(Path orphan) throws IOException {
      shared.orphanSidecars().take(lane, orphan);
    }

    @Override
    public Path shown(Path file) {
      return file;
    }
  }

  private final class Onlooker implements FolderScan.Onlooker {

    /** Those that were seen, by what identifies them wherever they are moved to. */
    private final Set<String> folders = new HashSet<>();

    /** What those were before they were listed. */
    private final Map<Path, FileStamp> stamps = new HashMap<>();

    /** Those that were looked into, by their paths below the lane's. */
    private final Set<String> entered = new HashSet<>();

    /** Those that were not, likewise. */
    private final Set<String> passed = new HashSet<>();

    private boolean changed;

    /** All files, by their paths below the lane's folder; none where nobody asks for them. */
    private Map<String, FileStamp> files() {
      Map<String, FileStamp> files = new HashMap<>();
      if (heldBack.listens()) {
        sightings.forEach((path, stamp) -> files.put(below(path).toString(), stamp));
      }
      return files;
    }

    @Override
    public void enter(Path folder) {
      gate.see(below(folder));
      entered.add(below(folder).toString());
    }

    @Override
    public void pass(Path folder) {
      if (heldBack.listens() && !isEmpty(folder)) {
        passed.add(below(folder).toString());
      }
    }

    private static boolean isEmpty(Path folder) {
      try (Stream<Path> content = Files.list(folder)) {
        return content.findAny().isEmpty();
      } catch (IOException e) {
        return Files.notExists(folder, LinkOption.NOFOLLOW_LINKS);
      }
    }

    @Override
    public boolean watch(Path folder, FileStamp stamp) {
      folders.add(stamp.key());
      stamps.put(folder, stamp);
      return folderWatch.covers(folder, stamp, SettledFiles.this);
    }

    @Override
    public void listed(Path folder, int entries) {
      emptyFolders.see(folder, stamps.get(folder), entries);
    }

    @Override
    public boolean knows(Path file) {
      return sightings.knows(file) || sightings.sidecars().knows(file) || companions.knows(file);
    }

    @Override
    public void see(Path file, FileStamp stamp) {
      changed |= SettledFiles.this.see(file, stamp);
    }

    @Override
    public void seeSidecar(Path file, FileStamp stamp) {
      changed |= sightings.sidecars().see(file, stamp);
    }

    @Override
    public void seeCompanion(Path file, FileStamp stamp) {
      changed |= companions.see(file, stamp);
    }
  }

  /** Whether the file is not as it was. */
  private boolean see(Path path, FileStamp stamp) {
    boolean changed = !stamp.equals(sightings.stampBefore(path));
    if (changed) {
      lane.hand().waitNoLonger(path);
    }
    sightings.see(path, stamp);
    if (sightings.isStuck(path)) {
      leaveStuck(path);
    }
    return changed;
  }

  private void choose() {
    for (Path path = gone.poll(); path != null; path = gone.poll()) {
      sightings.forget(path);
    }
    companionRounds.make(strays, sightings.files());
    FilesInHand hand = lane.hand();
    if (sightings.size() == 0) {
      backlog = new Backlog(0);
      untilSettled = Long.MAX_VALUE;
      return;
    }
    if (System.nanoTime() - restUntil >= 0) {
      order(hand);
    }
    int byRate = rateLimits.newUploads(lane);
    atRateLimit = byRate < hand.room();
    int room = Math.min(byRate, hand.room());
    Sightings.Choice choice = backlog.take(room, hand.roomForLarge(), this::isFree);
    chosen = new ArrayList<>(choice.files());
    if (!chosen.isEmpty() && !watchNotes.stillHolds(lane)) {
      chosen = List.of();
    }
    Map<Path, Boolean> anothers = new HashMap<>();
    chosen.removeIf(path -> isAnotherHomes(path, anothers) || isTouched(path));
    choice.stuck().forEach(this::leaveStuck);
    more = choice.more();
    moreLarge = choice.moreLarge();
    untilSettled = choice.untilNext();
  }

  /** Another home may have begun to watch a folder below since it was looked through. */
  private boolean isAnotherHomes(Path file, Map<Path, Boolean> known) {
    boolean anothers = isInAnotherHomes(file.getParent(), known);
    if (anothers) {
      sightings.forget(file);
    }
    return anothers;
  }

  private boolean isInAnotherHomes(Path folder, Map<Path, Boolean> known) {
    return !folder.equals(lane.directory())
        && (known.computeIfAbsent(
                folder, below -> watchNotes.anothersIn(below, lane.name()) != null)
            || isInAnotherHomes(folder.getParent(), known));
  }

  private boolean isFree(Path file) {
    return lane.hand().isFree(file)
        && (!gate.hasFolders() || ours.computeIfAbsent(file.getParent(), this::isOpen))
        && (!heldBack.listens() || !isHeld(file));
  }

  private boolean isHeld(Path file) {
    FileStamp stamp = sightings.stampBefore(file);
    return stamp == null || heldBack.has(below(file), stamp);
  }

  private InputStream contentOf(Path below) throws IOException {
    try {
      return Files.newInputStream(lane.directory().resolve(below), LinkOption.NOFOLLOW_LINKS);
    } catch (NoSuchFileException | AccessDeniedException e) {
      LOG.debug("{} cannot be read", below, e);
      return null;
    }
  }

  private boolean isOpen(Path folder) {
    return folder.equals(lane.directory()) || gate.isOpen(below(folder));
  }

  private void order(FilesInHand hand) {
    long begun = System.nanoTime();
    ours.clear();
    backlog = sightings.backlog(hand.room(), this::isFree);
    ordered = System.nanoTime();
    restUntil = ordered + Math.max(BREATH, REST * (ordered - begun));
  }

  private void leaveStuck(Path path) {
    strays.leave(path, "it cannot be read: give this user the right to");
  }

  /** A file that has changed since it was seen settles anew; one that is open has not settled. */
  private boolean isTouched(Path path) {
    try {
      FileStamp stamp = FileStamp.of(path);
      return see(path, stamp) | isSidecarTouched(path)
          || openForWriting.has(path, stamp, sightings.sidecars().stampOf(path));
    } catch (IOException e) {
      sightings.forget(path);
      return true;
    }
  }

  /** One that has come since the last listing, or was changed since, has to settle first. */
  private boolean isSidecarTouched(Path media) {
    Path path = SidecarNames.of(media);
    boolean known = sightings.sidecars().stampOf(media) != null;
    if (!known
        && (!path.toFile().exists() || ignoredNames.ignores(path.getFileName().toString()))) {
      return false;
    }
    try {
      FileStamp stamp = FileStamp.of(path);
      if (stamp.kind() == FileStamp.Kind.FILE) {
        return sightings.sidecars().see(path, stamp);
      }
    } catch (IOException e) {
      LOG.debug("{} has gone", path, e);
    }
    sightings.sidecars().forget(media);
    return known;
  }

  /** After a poll: for how many nanoseconds nothing is due. */
  long nanosUntilDue() {
    if (closed) {
      return poll.toNanos();
    }
    long now = System.nanoTime();
    long untilSettledNow =
        untilSettled == Long.MAX_VALUE ? untilSettled : ordered + untilSettled - now;
    long next = Math.min(untilSettledNow, lane.hand().untilNextFree());
    if (ours.containsValue(false) || heldBack.isUndecided()) {
      // whose the files are may be known soon
      next = Math.min(next, ANOTHER_LOOK);
    }
    long choosing = more && lane.hand().isLow() ? untilMore(now) : Math.max(restUntil - now, next);
    return Math.min(
        scanTimes.untilNext(now), Math.min(choosing, Math.max(0, companionRounds.untilNext())));
  }

  private long untilMore(long now) {
    if (atRateLimit) {
      return poll.toNanos();
    }
    return backlog.isEnough() ? 0 : restUntil - now;
  }

  @Override
  public void hint(Path path, boolean created) {
    boolean sidecar = SidecarNames.isSidecar(path.toString());
    boolean ours = !created && lane.hand().isTaken(sidecar ? SidecarNames.mediaOf(path) : path);
    long now = System.nanoTime();
    if (!ours && scanTimes.hinted(now)) {
      schedule.wakeIn(scanTimes.untilNext(now));
    }
  }

  /** A file that was let through, as it was seen to have settled. */
  DroppedFile handOver(Path path) {
    return new DroppedFile(
        lane,
        path,
        sightings.stampOf(path),
        sightings.unchangedFor(path),
        null,
        sightings.sidecars().stampOf(path));
  }

  /** A worker is done with a file and has room for another, though this one is not put away yet. */
  void putDown(Path path) {
    roomAfter(lane.hand().putDown(path));
  }

  /** Nobody has the file any more; what still lies there is not looked at again at once. */
  void giveBack(Path path) {
    if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      lane.hand().holdUnlessHeld(path, poll);
    } else {
      gone.add(path);
      if (companions.any()) {
        schedule.wakeIn(0);
      }
    }
    roomAfter(lane.hand().release(path));
  }

  private void roomAfter(boolean large) {
    if (more && lane.hand().isLow() || moreLarge && large) {
      schedule.wakeIn(Math.max(0, untilMore(System.nanoTime())));
    }
  }

  /** The folder could not be looked through, or its files not be handed over. */
  void failed(Throwable cause) {
    LOG.debug("{}: a poll has failed", lane, cause);
    closed = true;
    strays.leave(lane.directory(), "its files cannot be handed over: " + cause);
  }

  /** A file could not be handed over; the others are. */
  void failed(Path path, RuntimeException cause) {
    LOG.debug("{}: {} cannot be handed over", lane, path, cause);
    lane.hand().hold(path, LATER);
    strays.leave(path, "it cannot be handed over: " + cause);
  }
}

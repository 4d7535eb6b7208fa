package io.mediadrop.source;

import io.mediadrop.base.Printable;
import io.mediadrop.file.FileStamp;
import io.mediadrop.file.FolderWatch;
import io.mediadrop.file.SidecarNames;
import io.mediadrop.file.Strays;
import io.mediadrop.lane.Lane;
import io.mediadrop.lane.Lanes;
import io.mediadrop.lane.Ownership;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks through a lane's folder when {@link ScanTimes} says so, and knows what lay there at the
 * last look.
 */
class FolderLooks implements FolderWatch.Listener {

  private static final Logger LOG = LoggerFactory.getLogger("mediadrop.lane");

  private final Lane lane;
  private final Lanes lanes;
  private final Strays strays;
  private final PollSchedule schedule;
  private final FolderWatch folderWatch;
  private final FolderScan scan;
  private final ScanTimes scanTimes;
  private final Sightings sightings;
  private final SidecarRounds sidecarRounds;
  private final CompanionSightings companions;
  private final CompanionRounds companionRounds;
  private final OpenForWriting openForWriting;
  private final EmptyFolders emptyFolders;
  private final FolderGate gate;
  private final HeldBack heldBack;
  private Set<String> folders = Set.of();
  private Object claims;

  /** Enters the lane's folder, which can be worked in and is this home's. */
  FolderLooks(
      Lane lane,
      DropFolderEndpoint settings,
      LaneContext shared,
      Strays strays,
      PollSchedule schedule) {
    this.lane = lane;
    this.strays = strays;
    this.schedule = schedule;
    lanes = shared.lanes();
    folderWatch = shared.folderWatch();
    LanePlace place = new LanePlace(lane, shared.archive());
    heldBack = new HeldBack(lane, shared.laneFolders(), shared.heldFiles(), place);
    gate = new FolderGate(lane, lanes);
    scan =
        new FolderScan(
            lane, shared.watchNotes(), shared.ignoredNames(), shared.companionNames(), strays);
    scanTimes = new ScanTimes(settings.poll(), System.nanoTime());
    openForWriting = new OpenForWriting(lane, shared.writers(), settings.incompleteAfter());
    boolean required = settings.isSidecarRequired();
    sightings = new Sightings(System::nanoTime, settings.settle(), Files::isReadable, required);
    sidecarRounds =
        new SidecarRounds(
            sightings, required, settings.incompleteAfter(), settings.orphanAfter(), place);
    emptyFolders = new EmptyFolders(System::nanoTime, settings.emptyFolders());
    companions = new CompanionSightings(System::nanoTime, settings.settle());
    companionRounds = new CompanionRounds(companions, settings.orphanAfter(), place);
    if (heldBack.listens()) {
      // what comes from now on is for the connection that the lane has now
      make();
    }
  }

  /** Listens no more. */
  void close() {
    folderWatch.leave(this);
  }

  /** What was another lane's or nobody's may not be so any more, and the other way round. */
  boolean isDue() {
    return untilDue(System.nanoTime()) == 0 || lanes.claims() != claims;
  }

  /** For how many nanoseconds no look is due. */
  long untilDue(long now) {
    return scanTimes.untilNext(now);
  }

  /** Looks through the folder; false if that cannot be done, which is said. */
  boolean make() {
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
      FolderListing listing = new FolderListing(this);
      claims = lanes.claims();
      sightings.begin();
      companions.begin();
      emptyFolders.begin();
      boolean watched = scan.show(listing);
      end(listing);
      long ended = System.nanoTime();
      // what has gone was ours, or its end was heard of
      scanTimes.scanned(begun, ended, listing.hasChanged(), watched);
      lane.reach().found(sightings.size());
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

  /** Says that the folder is not watched, and why; false. */
  boolean alarm(String reason) {
    lane.reach().lost("%s is not watched: %s".formatted(lane.watches(), Printable.of(reason)));
    return strays.alarm(lane.directory(), reason);
  }

  private void end(FolderListing listing) {
    Set<Path> present = sightings.end();
    companions.end();
    lane.hand().forgetAllBut(present);
    openForWriting.forgetAllBut(present);
    gate.endOfListing();
    heldBack.listed(files(), listing.entered(), listing.passed());
    sidecarRounds.make(strays, Set.of());
    companionRounds.tell(strays);
    strays.endOfListing();
    emptyFolders.end(
        lane.directory(), folder -> lane.ownership().of(below(folder)) == Ownership.ANOTHERS);
    leaveAllBut(listing.folders());
  }

  /** All files, by their paths below the lane's folder; none where nobody asks for them. */
  private Map<String, FileStamp> files() {
    Map<String, FileStamp> files = new HashMap<>();
    if (heldBack.listens()) {
      sightings.forEach((path, stamp) -> files.put(below(path).toString(), stamp));
    }
    return files;
  }

  /** Folders that were moved away would be listened to for ever. */
  private void leaveAllBut(Set<String> seen) {
    if (!seen.containsAll(folders)) {
      folderWatch.leaveAllBut(seen, this);
    }
    folders = seen;
  }

  /** Whether anything is heard of a folder from now on. */
  boolean hears(Path folder, FileStamp stamp) {
    return folderWatch.covers(folder, stamp, this);
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

  /** Notes what a file is; whether it is not as it was. */
  boolean see(Path path, FileStamp stamp) {
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

  /** Says of a file that has settled, and cannot be read. */
  void leaveStuck(Path path) {
    strays.leave(path, "it cannot be read: give this user the right to");
  }

  /** Whether somebody has a file or its sidecar open for writing. */
  boolean isOpen(Path path, FileStamp stamp) {
    return openForWriting.has(path, stamp, sightings.sidecars().stampOf(path));
  }

  /** A path as it is below the lane's folder. */
  Path below(Path path) {
    return lane.directory().relativize(path);
  }

  Sightings sightings() {
    return sightings;
  }

  CompanionSightings companions() {
    return companions;
  }

  CompanionRounds companionRounds() {
    return companionRounds;
  }

  EmptyFolders emptyFolders() {
    return emptyFolders;
  }

  FolderGate gate() {
    return gate;
  }

  HeldBack heldBack() {
    return heldBack;
  }
}

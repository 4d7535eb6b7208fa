package io.mediadrop.remote;

import com.jcraft.jsch.ChannelSftp.LsEntry;
import io.mediadrop.file.FileStamp;
import io.mediadrop.file.SidecarNames;
import io.mediadrop.file.Strays;
import io.mediadrop.lane.Ownership;
import io.mediadrop.source.CompanionRounds;
import io.mediadrop.source.CompanionSightings;
import io.mediadrop.source.FolderGate;
import io.mediadrop.source.HeldBack;
import io.mediadrop.source.LaneContext;
import io.mediadrop.source.SidecarRounds;
import io.mediadrop.source.Sightings;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.camel.component.file.GenericFile;
import org.apache.camel.component.file.remote.SftpRemoteFile;

/**
 * Which of the files that a server lists are a lane's and have settled: their size and time have
 * stayed the same for the settle time, by our own clock and over whole listings, as {@link
 * io.mediadrop.source.SettledFiles} wants it of folders. Whatever is not to be taken is named once.
 */
class RemoteListing {

  /** Where uploaded and refused files are put on the server. */
  private static final Set<String> OWN_FOLDERS = Set.of("done", "failed");

  private final RemoteLane lane;
  private final SftpServer server;
  private final RemoteFolders folders;
  private final LaneContext shared;
  private final Strays strays = new Strays();
  private final Sightings sightings;
  private final SidecarRounds sidecarRounds;
  private final CompanionSightings companions;
  private final CompanionRounds companionRounds;
  private final BarredFolders barred;
  private final HeldBack heldBack;
  private final FolderGate gate;
  private final Set<String> listedFolders = new HashSet<>();
  private final Set<String> barredFolders = new HashSet<>();
  private final Set<Path> kept = new HashSet<>();

  /** Those whose files are nobody's, though folders in them are some lanes'. */
  private final Set<String> passages = new HashSet<>();

  /** Those that were not looked into, though they may be the lane's. */
  private final Set<String> passed = new HashSet<>();

  /** Enters a lane's folder, of which nothing has been listed yet. */
  RemoteListing(
      RemoteLane lane, SftpServer server, RemoteFolders folders, boolean sidecarsRequired) {
    this.lane = lane;
    this.server = server;
    this.folders = folders;
    shared = folders.shared();
    RemotePlace place = new RemotePlace(lane, server, folders.companions());
    sightings = new Sightings(System::nanoTime, folders.settle(), path -> true, sidecarsRequired);
    sidecarRounds =
        new SidecarRounds(
            sightings, sidecarsRequired, folders.incompleteAfter(), folders.orphanAfter(), place);
    companions = new CompanionSightings(System::nanoTime, folders.settle());
    companionRounds = new CompanionRounds(companions, folders.orphanAfter(), place);
    barred = new BarredFolders(folders.maxWait());
    heldBack = new HeldBack(lane, shared.laneFolders(), shared.heldFiles(), place);
    gate = new FolderGate(lane, shared.lanes());
  }

  /** Begins a listing, and chooses the files that it may let through. */
  void begin() {
    kept.clear();
    listedFolders.clear();
    listedFolders.add("");
    barredFolders.clear();
    passages.clear();
    passed.clear();
    int room = Math.min(lane.hand().room(), shared.rateLimits().newUploads(lane));
    sightings.begin(room, this::isFree);
    companions.begin();
  }

  private boolean isFree(Path file) {
    return lane.hand().isFree(file) && !(heldBack.listens() && isHeld(file));
  }

  private boolean isHeld(Path file) {
    FileStamp stamp = sightings.stampBefore(file);
    return stamp == null || heldBack.has(lane.directory().relativize(file), stamp);
  }

  /** Whether what is listed is a file to be handed over now, or a folder to be listed. */
  boolean letsThrough(GenericFile<Object> file) {
    String name = file.getFileNameOnly();
    if (!file.isDirectory() && shared.ignoredNames().ignores(name)) {
      return false;
    }
    String relative = server.relative(file.getAbsoluteFilePath());
    String refusal = RemoteNames.refusal(name, file.isDirectory());
    if (refusal != null) {
      return leave(relative, refusal);
    }
    try {
      Path path = lane.directory().resolve(relative);
      LsEntry entry = (LsEntry) ((SftpRemoteFile<?>) file.getFile()).getRemoteFile();
      FileStamp stamp = SftpSession.stampOf(entry.getAttrs());
      return switch (stamp.kind()) {
        case DIRECTORY -> enter(relative);
        case FILE -> see(path, relative, stamp);
        case LINK -> leave(relative, "it is a link; put the file itself there");
        case SPECIAL -> leave(relative, "it is no regular file");
      };
    } catch (InvalidPathException e) {
      return leave(relative, "its name cannot be written here: run with a UTF-8 locale");
    }
  }

  private boolean enter(String folder) {
    if (barred.has(folder)) {
      barredFolders.add(folder);
      passed.add(folder);
      return leave(folder, "it must not be listed: give the account the right to");
    }
    if (OWN_FOLDERS.contains(folder)) {
      return false;
    }
    Ownership whose = lane.ownership().of(Path.of(folder));
    if (whose != Ownership.ANOTHERS
        && !shared.ignoredNames().isEntered(Path.of(server.place(folder)), strays)) {
      return false;
    }
    return switch (whose) {
      case ANOTHERS -> false;
      case HELD -> leaveNobodys(folder);
      case PASSAGE -> passages.add(folder) | look(folder);
      case OWN -> look(folder);
    };
  }

  private boolean look(String folder) {
    gate.see(Path.of(folder));
    return listedFolders.add(folder);
  }

  private boolean leaveNobodys(String folder) {
    passed.add(folder);
    return leave(folder, lane.ownership().nobodys(Path.of(folder)));
  }

  private boolean see(Path path, String relative, FileStamp stamp) {
    Path folder = Path.of(relative).getParent();
    if (folder != null && passages.contains(folder.toString())) {
      return leaveNobodys(folder.toString());
    }
    if (SidecarNames.isSidecar(relative)) {
      sightings.sidecars().see(path, stamp);
      return false;
    }
    if (shared.companionNames().isCompanion(path.getFileName().toString())) {
      companions.see(path, stamp);
      return false;
    }
    if (folders.left().isKept(lane, server, relative, stamp)) {
      kept.add(path);
      return false;
    }
    if (sightings.hasChanged(path, stamp)) {
      lane.hand().waitNoLonger(path);
    }
    return sightings.see(path, stamp)
        && gate.isOpen(folder)
        && !(heldBack.listens() && heldBack.has(Path.of(relative), stamp));
  }

  private boolean leave(String relative, String reason) {
    return strays.leave(Path.of(server.place(relative)), reason);
  }

  /** A file that was let through, as it was seen to have settled. */
  RemoteFile fileOf(GenericFile<?> file) {
    Path path = lane.directory().resolve(server.relative(file.getAbsoluteFilePath()));
    return new RemoteFile(
        lane,
        server,
        path,
        sightings.stampOf(path),
        sightings.unchangedFor(path),
        sightings.sidecars().stampOf(path));
  }

  /** Ends a listing that was whole: what was not in it is gone. */
  void end() {
    Set<Path> waiting = sightings.end();
    companions.end();
    Set<Path> present = new HashSet<>(waiting);
    present.addAll(kept);
    lane.hand().forgetAllBut(present);
    gate.endOfListing();
    noteHeldBack();
    folders.left().endOfListing(lane, server, present, listedFolders);
    folders.needlessCopies().endOfListing(lane, present, barredFolders);
    sidecarRounds.make(strays, kept);
    companionRounds.make(strays, waiting);
    if (server.after() != SftpServer.After.KEEP) {
      // there they lie for ever, also long after their files
      companionRounds.tell(strays);
    }
    strays.endOfListing();
  }

  private void noteHeldBack() {
    if (heldBack.listens()) {
      Map<String, FileStamp> files = new HashMap<>();
      sightings.forEach(
          (path, stamp) -> files.put(lane.directory().relativize(path).toString(), stamp));
      heldBack.listed(files, listedFolders, passed);
    }
  }

  /** Leaves the folder out of the next listings that has made this one fail; false if none has. */
  boolean leaveOut(Exception cause) {
    return barred.add(cause, server);
  }
}

package io.mediadrop.remote;

import com.jcraft.jsch.ChannelSftp.LsEntry;
import io.mediadrop.api.pace.RateLimits;
import io.mediadrop.archive.CompanionFiling;
import io.mediadrop.base.Quantity;
import io.mediadrop.file.CompanionNames;
import io.mediadrop.file.FileStamp;
import io.mediadrop.file.IgnoredNames;
import io.mediadrop.file.SidecarNames;
import io.mediadrop.file.Strays;
import io.mediadrop.lane.Intake;
import io.mediadrop.lane.Lanes;
import io.mediadrop.lane.Ownership;
import io.mediadrop.ledger.HeldFiles;
import io.mediadrop.ledger.LaneFolders;
import io.mediadrop.source.CompanionRounds;
import io.mediadrop.source.CompanionSightings;
import io.mediadrop.source.FolderGate;
import io.mediadrop.source.HeldBack;
import io.mediadrop.source.SidecarRounds;
import io.mediadrop.source.Sightings;
import java.io.InputStream;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.component.file.GenericFile;
import org.apache.camel.component.file.GenericFileFilter;
import org.apache.camel.component.file.remote.SftpEndpoint;
import org.apache.camel.component.file.remote.SftpRemoteFile;
import org.apache.camel.spi.PollingConsumerPollStrategy;

/**
 * Lets a file on a server through once its size and time have stayed the same for the settle time,
 * by our own clock and over whole listings, as {@link io.mediadrop.source.SettledFiles} does for
 * folders. Whatever is not to be taken is named once.
 */
public class RemoteFiles implements GenericFileFilter<Object>, PollingConsumerPollStrategy {

  /** How long a connection that nobody uses is kept. */
  private static final Duration IDLE = Duration.ofSeconds(30);

  /** Where uploaded and refused files are put on the server. */
  private static final Set<String> OWN_FOLDERS = Set.of("done", "failed");

  private final Strays strays = new Strays();
  private final Set<String> listedFolders = new HashSet<>();
  private final Set<String> barredFolders = new HashSet<>();
  private final Set<Path> kept = new HashSet<>();
  private RemoteLane lane;
  private SftpServer server;
  private Intake intake;
  private IgnoredNames ignoredNames;
  private RateLimits rateLimits;
  private RemoteOriginals originals;
  private WorkCopies workCopies;
  private Duration settle;
  private String sidecar;
  private Duration incompleteAfter;
  private Duration orphanAfter;
  private SidecarRounds sidecarRounds;
  private CompanionNames companionNames;
  private RemoteCompanions remoteCompanions;
  private CompanionSightings companions;
  private CompanionRounds companionRounds;
  private Duration longestWait;
  private Duration probe;
  private Sightings sightings;
  private ServerAccess access;

  private BarredFolders barred;
  private Lanes lanes;
  private LaneFolders laneFolders;
  private HeldFiles heldFiles;
  private HeldBack heldBack;
  private FolderGate gate;

  /** Those whose files are nobody's, though folders in them are some lanes'. */
  private final Set<String> passages = new HashSet<>();

  /** Those that were not looked into, though they may be the lane's. */
  private final Set<String> passed = new HashSet<>();

  /** Begins with what an earlier run has left. */
  public void open() {
    boolean required = SidecarRounds.isRequired(sidecar, lane.name());
    sightings = new Sightings(System::nanoTime, settle, path -> true, required);
    sidecarRounds =
        new SidecarRounds(sightings, required, incompleteAfter, orphanAfter, new OnServer());
    companions = new CompanionSightings(System::nanoTime, settle);
    companionRounds = new CompanionRounds(companions, orphanAfter, new OnServer());
    barred = new BarredFolders(longestWait);
    access = new ServerAccess(lane, server, longestWait, probe);
    lane.pause().forget();
    heldBack = new HeldBack(lane, laneFolders, heldFiles, this::contentOf);
    gate = new FolderGate(lane, lanes);
    workCopies.sweep(lane);
    originals.recall(lane);
  }

  private final class OnServer implements SidecarRounds.Place, CompanionRounds.Place {

    @Override
    public CompanionFiling.Outcome takeAlong(Path companion, FileStamp stamp) throws Exception {
      return remoteCompanions.takeAlong(lane, server, companion, stamp);
    }

    @Override
    public void putAway(Path orphan) throws Exception {
      RemoteSidecars.putAwayOrphan(lane, server, orphan);
    }

    @Override
    public Path shown(Path file) {
      return Path.of(server.place(RemoteFile.relative(lane, file)));
    }
  }

  @Override
  public boolean begin(Consumer consumer, Endpoint endpoint) {
    boolean paused = !lane.takesFiles() && !access.isRefused();
    if (!intake.isOpen() || paused || !access.isDue()) {
      return false;
    }
    if (!isLetIn((SftpEndpoint) endpoint)) {
      return false;
    }
    kept.clear();
    listedFolders.clear();
    listedFolders.add("");
    barredFolders.clear();
    passages.clear();
    passed.clear();
    int room = Math.min(lane.hand().room(), rateLimits.newUploads(lane));
    sightings.begin(room, this::isFree);
    companions.begin();
    return true;
  }

  /** Tried by ourselves first: Camel would try a wrong password six times over. */
  private boolean isLetIn(SftpEndpoint endpoint) {
    try {
      server.configure(endpoint);
      if (!access.isProven()) {
        server.sessions().with(SftpSession::isConnected);
      }
      return true;
    } catch (Exception e) {
      access.failed(e, endpoint);
      return false;
    }
  }

  private boolean isFree(Path file) {
    return lane.hand().isFree(file) && !(heldBack.listens() && isHeld(file));
  }

  private boolean isHeld(Path file) {
    FileStamp stamp = sightings.stampBefore(file);
    return stamp == null || heldBack.has(lane.directory().relativize(file), stamp);
  }

  private InputStream contentOf(Path below) throws Exception {
    return server.sessions().read(server.path(below.toString().replace('\\', '/')));
  }

  @Override
  public boolean accept(GenericFile<Object> file) {
    String name = file.getFileNameOnly();
    if (!file.isDirectory() && ignoredNames.ignores(name)) {
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
    Ownership whose = lane.ownershipOf(Path.of(folder));
    if (whose != Ownership.ANOTHERS
        && !ignoredNames.isEntered(Path.of(server.place(folder)), strays)) {
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
    return leave(folder, lane.nobodys(Path.of(folder)));
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
    if (companionNames.isCompanion(path.getFileName().toString())) {
      companions.see(path, stamp);
      return false;
    }
    if (originals.isKept(lane, server, relative, stamp)) {
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
  RemoteFile handOver(GenericFile<?> file) {
    Path path = lane.directory().resolve(server.relative(file.getAbsoluteFilePath()));
    return new RemoteFile(
        lane,
        server,
        path,
        sightings.stampOf(path),
        sightings.unchangedFor(path),
        sightings.sidecars().stampOf(path));
  }

  @Override
  public void commit(Consumer consumer, Endpoint endpoint, int polledMessages) {
    access.worked();
    Set<Path> waiting = sightings.end();
    companions.end();
    Set<Path> present = new HashSet<>(waiting);
    present.addAll(kept);
    lane.hand().forgetAllBut(present);
    gate.endOfListing();
    noteHeldBack();
    originals.endOfListing(lane, server, present, listedFolders);
    workCopies.endOfListing(lane, present, barredFolders);
    sidecarRounds.make(strays, kept);
    companionRounds.make(strays, waiting);
    if (server.after() != SftpServer.After.KEEP) {
      // there they lie for ever, also long after their files
      companionRounds.tell(strays);
    }
    strays.endOfListing();
    server.sessions().closeIdle(IDLE);
  }

  private void noteHeldBack() {
    if (heldBack.listens()) {
      Map<String, FileStamp> files = new HashMap<>();
      sightings.forEach(
          (path, stamp) -> files.put(lane.directory().relativize(path).toString(), stamp));
      heldBack.listed(files, listedFolders, passed);
    }
  }

  @Override
  public boolean rollback(Consumer consumer, Endpoint endpoint, int retries, Exception cause) {
    if (!barred.add(cause, server)) {
      access.failed(cause, (SftpEndpoint) endpoint);
    }
    return false;
  }

  public void setLane(RemoteLane lane) {
    this.lane = lane;
  }

  public void setLanes(Lanes lanes) {
    this.lanes = lanes;
  }

  public void setLaneFolders(LaneFolders laneFolders) {
    this.laneFolders = laneFolders;
  }

  public void setHeldFiles(HeldFiles heldFiles) {
    this.heldFiles = heldFiles;
  }

  public void setServer(SftpServer server) {
    this.server = server;
  }

  public void setIntake(Intake intake) {
    this.intake = intake;
  }

  public void setIgnoredNames(IgnoredNames ignoredNames) {
    this.ignoredNames = ignoredNames;
  }

  public void setCompanionNames(CompanionNames companionNames) {
    this.companionNames = companionNames;
  }

  public void setRemoteCompanions(RemoteCompanions remoteCompanions) {
    this.remoteCompanions = remoteCompanions;
  }

  public void setRateLimits(RateLimits rateLimits) {
    this.rateLimits = rateLimits;
  }

  public void setOriginals(RemoteOriginals originals) {
    this.originals = originals;
  }

  public void setWorkCopies(WorkCopies workCopies) {
    this.workCopies = workCopies;
  }

  /** {@code optional}, or {@code required}: files wait for their sidecars. */
  public void setSidecar(String sidecar) {
    this.sidecar = sidecar;
  }

  /** How long a file lacks the sidecar that it needs until that is told. */
  public void setIncompleteAfter(String time) {
    incompleteAfter = Quantity.time(time);
  }

  /** How long a sidecar waits for its file. */
  public void setOrphanAfter(String time) {
    orphanAfter = Quantity.time(time);
  }

  /** How long a file must stay unchanged. */
  public void setSettle(String time) {
    settle = Quantity.time(time);
  }

  /** The longest time between two tries of a server that cannot be reached. */
  public void setMaxWait(String time) {
    longestWait = Quantity.time(time);
  }

  /** The first wait after a server has refused us, or we its key. */
  public void setProbe(String time) {
    probe = Quantity.time(time);
  }
}

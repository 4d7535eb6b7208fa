package io.mediadrop.source;

import io.mediadrop.api.pace.RateLimits;
import io.mediadrop.archive.Archive;
import io.mediadrop.file.CompanionNames;
import io.mediadrop.file.FolderWatch;
import io.mediadrop.file.Home;
import io.mediadrop.file.IgnoredNames;
import io.mediadrop.file.Writers;
import io.mediadrop.lane.Intake;
import io.mediadrop.lane.Lane;
import io.mediadrop.lane.Lanes;
import io.mediadrop.lane.WatchNotes;
import io.mediadrop.ledger.HeldFiles;
import io.mediadrop.ledger.LaneFolders;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import org.apache.camel.Endpoint;
import org.apache.camel.spi.ThreadPoolProfile;
import org.apache.camel.support.CamelContextHelper;
import org.apache.camel.support.DefaultComponent;

/**
 * Camel's component {@code drop-folder}: which threads and what else the folders of all lanes are
 * watched with. A consumer is all that an endpoint of it can be.
 */
public class DropFolderComponent extends DefaultComponent {

  /** A folder on a share that does not answer holds one of them up. */
  private static final int THREADS = 4;

  private final FolderWatch folderWatch = new FolderWatch();
  private ScheduledExecutorService polls;
  private Home home;
  private Lanes lanes;
  private Intake intake;
  private IgnoredNames ignoredNames;
  private CompanionNames companionNames;
  private WatchNotes watchNotes;
  private Writers writers;
  private LaneFolders laneFolders;
  private HeldFiles heldFiles;
  private Archive archive;
  private RateLimits rateLimits;

  @Override
  protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) {
    Lane lane = CamelContextHelper.mandatoryLookup(getCamelContext(), remaining, Lane.class);
    return new DropFolderEndpoint(uri, this, lane);
  }

  @Override
  protected void doInit() throws Exception {
    super.doInit();
    ThreadPoolProfile few = new ThreadPoolProfile("drop-folder");
    few.setPoolSize(THREADS);
    // each lane has one task at most; Camel's own limit would refuse those of the thousandth
    few.setMaxQueueSize(Integer.MAX_VALUE);
    polls =
        getCamelContext()
            .getExecutorServiceManager()
            .newScheduledThreadPool(this, "drop-folder", few);
  }

  @Override
  protected void doShutdown() throws Exception {
    getCamelContext().getExecutorServiceManager().shutdownNow(polls);
    folderWatch.close();
    super.doShutdown();
  }

  /** The threads that list the folders of all lanes; they never wait for anything else. */
  ScheduledExecutorService polls() {
    return polls;
  }

  /** What the lanes have in common. */
  public LaneContext context() {
    return new LaneContext(
        home,
        lanes,
        intake,
        ignoredNames,
        companionNames,
        watchNotes,
        folderWatch,
        writers,
        laneFolders,
        heldFiles,
        archive,
        rateLimits);
  }

  public void setHome(Home home) {
    this.home = home;
  }

  public void setLanes(Lanes lanes) {
    this.lanes = lanes;
  }

  public void setIntake(Intake intake) {
    this.intake = intake;
  }

  /** Glob patterns of names, separated by blanks or commas, that are left alone. */
  public void setIgnoredNames(String globs) {
    ignoredNames = new IgnoredNames(globs);
  }

  /** Glob patterns of names that go with media files, or {@code none}. */
  public void setCompanionNames(String globs) {
    companionNames = new CompanionNames(globs);
  }

  public void setWatchNotes(WatchNotes watchNotes) {
    this.watchNotes = watchNotes;
  }

  public void setWriters(Writers writers) {
    this.writers = writers;
  }

  public void setLaneFolders(LaneFolders laneFolders) {
    this.laneFolders = laneFolders;
  }

  public void setHeldFiles(HeldFiles heldFiles) {
    this.heldFiles = heldFiles;
  }

  public void setArchive(Archive archive) {
    this.archive = archive;
  }

  public void setRateLimits(RateLimits rateLimits) {
    this.rateLimits = rateLimits;
  }
}

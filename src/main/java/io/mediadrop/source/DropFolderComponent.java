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
 * Camel's component {@code drop-folder}: what the watched folders of all lanes have in common. A
 * consumer is all that an endpoint of it can be.
 */
public class DropFolderComponent extends DefaultComponent {

  /** A folder on a share that does not answer holds one of them up. */
  private static final int THREADS = 4;

  private ScheduledExecutorService polls;
  private Home home;
  private Lanes lanes;
  private Intake intake;
  private IgnoredNames ignoredNames;
  private CompanionNames companionNames;
  private WatchNotes watchNotes;
  private FolderWatch folderWatch;
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
    super.doShutdown();
  }

  /** The threads that list the folders of all lanes; they never wait for anything else. */
  ScheduledExecutorService polls() {
    return polls;
  }

  Home home() {
    return home;
  }

  Lanes lanes() {
    return lanes;
  }

  Intake intake() {
    return intake;
  }

  IgnoredNames ignoredNames() {
    return ignoredNames;
  }

  CompanionNames companionNames() {
    return companionNames;
  }

  WatchNotes watchNotes() {
    return watchNotes;
  }

  FolderWatch folderWatch() {
    return folderWatch;
  }

  Writers writers() {
    return writers;
  }

  LaneFolders laneFolders() {
    return laneFolders;
  }

  HeldFiles heldFiles() {
    return heldFiles;
  }

  Archive archive() {
    return archive;
  }

  RateLimits rateLimits() {
    return rateLimits;
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

  public void setIgnoredNames(IgnoredNames ignoredNames) {
    this.ignoredNames = ignoredNames;
  }

  public void setCompanionNames(CompanionNames companionNames) {
    this.companionNames = companionNames;
  }

  public void setWatchNotes(WatchNotes watchNotes) {
    this.watchNotes = watchNotes;
  }

  public void setFolderWatch(FolderWatch folderWatch) {
    this.folderWatch = folderWatch;
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

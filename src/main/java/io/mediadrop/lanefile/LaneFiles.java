package io.mediadrop.lanefile;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.mediadrop.base.ConfigurationMistake;
import io.mediadrop.base.Printable;
import io.mediadrop.file.Home;
import io.mediadrop.lane.FolderNote;
import io.mediadrop.lane.Lanes;
import io.mediadrop.lane.WatchNotes;
import io.mediadrop.ledger.LaneFolders;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelContextAware;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches the folder with the files of lanes, and has the lanes run that they describe. Whatever is
 * wrong with one file is told once and concerns no other.
 */
public class LaneFiles implements CamelContextAware {

  private static final Logger LOG = LoggerFactory.getLogger("mediadrop.lane");

  /** How long a file must have stayed the same, so that nobody is about to write on. */
  private static final long STILL = TimeUnit.SECONDS.toNanos(1);

  private static final long ANOTHER_LOOK = TimeUnit.MILLISECONDS.toNanos(500);

  /** A note that is nobody's is taken over in this time. */
  private static final long LONGEST_LOOK = FolderNote.DEAD.toNanos() + TimeUnit.SECONDS.toNanos(10);

  private final Complaints complaints = new Complaints();
  private final Namesakes namesakes = new Namesakes(complaints);
  private CamelContext camelContext;
  private Path folder;
  private Lanes lanes;
  private LaneFolders laneFolders;
  private WatchNotes watchNotes;
  private Home home;
  private ObjectMapper json;
  private LaneRoutes routes;
  private RunningLanes running;
  private DescribedLanes described;
  private KeptFolders keptFolders;
  private LaneStates states;
  private LaneReportFile report;
  private volatile List<LaneReport.Entry> entries = List.of();
  private boolean begun;

  /** Gets ready; the lanes start with the first look, when the context runs. */
  public void open() {
    routes = new LaneRoutes(camelContext);
    running = new RunningLanes(routes, lanes, complaints);
    laneFolders.all().forEach((place, last) -> lanes.keep(place, last.lane(), last.connection()));
    keptFolders = new KeptFolders(lanes, camelContext::resolvePropertyPlaceholders);
    states = new LaneStates(lanes, running, keptFolders, complaints);
    if (folder != null) {
      described = new DescribedLanes(folder, complaints);
      report = new LaneReportFile(home, json);
      lanes.unknown();
    }
  }

  /**
   * Has the first look, for a program that is to end where no lane can run.
   *
   * @throws ConfigurationMistake if there are lanes and none of them can run, or will once the
   *     machine lets it
   */
  public synchronized void start() {
    look(0);
    awaitClearNotes();
    if (running.all().isEmpty() && lanes.awaited().isEmpty() && !complaints.all().isEmpty()) {
      throw new ConfigurationMistake(complaints.all().values().iterator().next());
    }
    begun = true;
    lanes.left().forEach(this::warnOfFolderLeft);
    tell();
  }

  /** Folders that another home has had; nothing is begun there before it is clear that it ended. */
  private void awaitClearNotes() {
    watchNotes.unclear().ifPresent(LOG::warn);
    long end = System.nanoTime() + LONGEST_LOOK;
    while (watchNotes.hasUnclear()
        && watchNotes.refusal().isEmpty()
        && System.nanoTime() - end < 0) {
      LockSupport.parkNanos(ANOTHER_LOOK);
      look(0);
    }
    watchNotes
        .refusal()
        .ifPresent(
            why -> {
              throw new ConfigurationMistake(why);
            });
  }

  private void warnOfFolderLeft(Path place, String lane) {
    if (Files.isDirectory(place)
        && lanes.all().stream().anyMatch(around -> place.startsWith(around.place()))) {
      LOG.warn(
          "{} was lane {}'s and is left alone: bring the lane back, or move its files and delete it",
          Printable.of(place),
          lane);
    }
  }

  /** Has a look at all files, and takes the next steps to what they describe now. */
  public synchronized void look() {
    look(begun ? STILL : 0);
    begun = true;
    tell();
  }

  private void look(long still) {
    if (folder == null || !camelContext.isStarted()) {
      return;
    }
    long now = System.nanoTime();
    try {
      described.look(now, still, routes.templates());
      complaints.settle(folder.toString());
    } catch (ConfigurationMistake e) {
      complaints.about(folder.toString(), e.getMessage());
      keptFolders.lose(folder.toString());
      return;
    }
    // before any lane has its first look, so that none looks into a folder of a later one
    boolean areRead = described.files().stream().allMatch(file -> file.isRead(now, STILL));
    keptFolders.keep(described, running::runs, areRead, now);
    running.become(namesakes.choose(described.lanes(), running.all()));
    lanes.await(running.awaited());
  }

  private void tell() {
    complaints.tell().forEach(LOG::error);
    List<LaneReport.Entry> all = new ArrayList<>(states.ofOthers());
    if (folder != null) {
      List<LaneReport.Entry> inFiles = states.of(described.lanes());
      report.write(inFiles);
      all.addAll(inFiles);
    }
    entries = List.copyOf(all);
  }

  /** How all lanes were at the last look, the broken ones too. */
  public List<LaneReport.Entry> entries() {
    return entries;
  }

  /** Says no more how the lanes are. */
  public void close() {
    if (folder != null) {
      report.delete();
    }
  }

  /** The folder with the files, which need not be there; empty for none. */
  public void setFolder(String folder) {
    this.folder = folder.isBlank() ? null : Path.of(folder).toAbsolutePath().normalize();
  }

  public void setLanes(Lanes lanes) {
    this.lanes = lanes;
  }

  public void setLaneFolders(LaneFolders laneFolders) {
    this.laneFolders = laneFolders;
  }

  public void setWatchNotes(WatchNotes watchNotes) {
    this.watchNotes = watchNotes;
  }

  /** Where it is said how the lanes are. */
  public void setHome(Home home) {
    this.home = home;
  }

  public void setJson(ObjectMapper json) {
    this.json = json;
  }

  @Override
  public CamelContext getCamelContext() {
    return camelContext;
  }

  @Override
  public void setCamelContext(CamelContext camelContext) {
    this.camelContext = camelContext;
  }
}

package io.mediadrop.lane;

import io.mediadrop.ConfigurationMistake;
import io.mediadrop.ledger.LaneFolders;
import io.mediadrop.source.Printable;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
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

  private final Map<Path, WatchedLaneFile> files = new TreeMap<>();
  private final Complaints complaints = new Complaints();

  /** Lanes that are not run because another one has their name, as complaints name them. */
  private Set<String> namesakes = new HashSet<>();

  private CamelContext camelContext;
  private Path folder;
  private boolean begun;
  private Lanes lanes;
  private LaneFolders laneFolders;
  private WatchNotes watchNotes;
  private LaneReportFile report;
  private LaneRoutes routes;
  private RunningLanes running;

  /** Gets ready; the lanes start with the first look, when the context runs. */
  public void open() {
    routes = new LaneRoutes(camelContext);
    running = new RunningLanes(routes, lanes, laneFolders, complaints);
    laneFolders.all().forEach(lanes::keep);
  }

  /**
   * Has the first look, for a program that is to end where no lane can run.
   *
   * @throws ConfigurationMistake if there are lanes and none of them can run
   */
  public synchronized void start() {
    look(0);
    awaitClearNotes();
    if (running.all().isEmpty() && !complaints.all().isEmpty()) {
      throw new ConfigurationMistake(complaints.all().values().iterator().next());
    }
    begun = true;
    lanes.left().forEach(this::warnOfFolderLeft);
    tell();
  }

  /** Folders that another home has had; nothing is begun there before it is clear that it ended. */
  private void awaitClearNotes() {
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
    try {
      readFiles(still);
      complaints.settle(folder.toString());
    } catch (ConfigurationMistake e) {
      complaints.about(folder.toString(), e.getMessage());
      return;
    }
    running.become(wanted());
  }

  private void readFiles(long still) {
    for (Path file : list()) {
      files.computeIfAbsent(file, WatchedLaneFile::new);
    }
    Map<String, LaneTemplate> templates = routes.templates();
    long now = System.nanoTime();
    files.forEach(
        (path, file) -> {
          file.look(now, still, changed -> read(changed, templates));
          judge(path, file);
        });
    files.values().removeIf(WatchedLaneFile::isGone);
  }

  private List<Path> list() {
    List<Path> list = new ArrayList<>();
    if (!Files.exists(folder) && files.isEmpty()) {
      return list;
    }
    WriteRights.requireOwnersOnly(folder);
    // hidden ones are notes that editors and other systems keep beside a file
    try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, "[!.]*.camel.yaml")) {
      found.forEach(list::add);
    } catch (IOException e) {
      throw new ConfigurationMistake(
          "%s cannot be read: give this user the right to list and enter it (%s)"
              .formatted(folder, e),
          e);
    }
    return list;
  }

  private static List<LaneDefinition> read(Path file, Map<String, LaneTemplate> templates) {
    WriteRights.requireOwnersOnly(file);
    return new LaneFile(file, templates).read();
  }

  private void judge(Path path, WatchedLaneFile file) {
    if (file.mistake() == null) {
      if (complaints.settle(path.toString()) && !file.isGone()) {
        LOG.info("{} is right again", path);
      }
    } else {
      complaints.about(
          path.toString(),
          file.mistake()
              + (file.lanes().isEmpty() ? "" : "; until then its lanes go on as they were"));
    }
  }

  /** The lanes that the files describe, by name; of two with one name, the one that runs. */
  private Map<String, LaneDefinition> wanted() {
    Map<String, List<LaneDefinition>> described = new TreeMap<>();
    for (WatchedLaneFile file : files.values()) {
      file.lanes()
          .forEach(
              lane -> described.computeIfAbsent(lane.name(), n -> new ArrayList<>()).add(lane));
    }
    Map<String, LaneDefinition> now = running.all();
    Map<String, LaneDefinition> wanted = new TreeMap<>();
    Set<String> before = namesakes;
    namesakes = new HashSet<>();
    described.forEach((name, alike) -> wanted.put(name, choose(now.get(name), alike)));
    // the others may have gone with their files
    before.removeAll(namesakes);
    before.forEach(complaints::settle);
    return wanted;
  }

  private LaneDefinition choose(LaneDefinition now, List<LaneDefinition> alike) {
    LaneDefinition chosen =
        alike.stream()
            .filter(lane -> now != null && lane.file().equals(now.file()))
            .findFirst()
            .orElse(alike.get(0));
    for (LaneDefinition lane : alike) {
      String key = "lane " + lane + " in " + lane.file();
      if (lane != chosen) {
        namesakes.add(key);
        complaints.about(
            key,
            "%s: there is a lane '%s' already, in %s: give each a routeId of its own"
                .formatted(lane.place(), lane, chosen.place()));
      }
    }
    return chosen;
  }

  private void tell() {
    complaints.tell().forEach(LOG::error);
    if (folder != null) {
      report.write(entries());
    }
  }

  private List<LaneReport.Entry> entries() {
    Map<String, String> wrong = new LinkedHashMap<>(complaints.all());
    List<LaneReport.Entry> entries = new ArrayList<>();
    for (LaneDefinition lane : running.all().values()) {
      Lane now = lanes.byName(lane.name());
      String trouble = wrong.remove(lane.name());
      String state =
          now.pause().isOn() ? "paused" : running.isLeaving(lane.name()) ? "ending" : "running";
      String why = now.pause().isOn() ? now.pause().reason() : trouble;
      entries.add(new LaneReport.Entry(lane.name(), lane.file().toString(), state, why));
    }
    wrong.forEach((what, why) -> entries.add(broken(what, why)));
    return entries;
  }

  private LaneReport.Entry broken(String what, String why) {
    boolean isLane = Lane.NAME.matcher(what).matches();
    return new LaneReport.Entry(isLane ? what : null, isLane ? null : what, "broken", why);
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

  public void setReport(LaneReportFile report) {
    this.report = report;
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

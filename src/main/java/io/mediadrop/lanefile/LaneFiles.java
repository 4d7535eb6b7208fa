package io.mediadrop.lanefile;

import io.mediadrop.base.ConfigurationMistake;
import io.mediadrop.base.Printable;
import io.mediadrop.file.WriteRights;
import io.mediadrop.lane.FolderNote;
import io.mediadrop.lane.Lane;
import io.mediadrop.lane.Lanes;
import io.mediadrop.lane.WatchNotes;
import io.mediadrop.ledger.LaneFolders;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import java.util.stream.Stream;
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

  /** What a file of lanes may be called by mistake, or for a while. */
  private static final Pattern OTHER_NAMES = Pattern.compile("(?i).+\\.ya?ml.*");

  /** What editors and people call what was there before. */
  private static final Pattern BACKUP =
      Pattern.compile("(?i).*(~|\\.(bak|old|orig|save|swp|tmp|off|disabled|rpmsave|dpkg-.*))");

  private final Map<Path, WatchedLaneFile> files = new TreeMap<>();
  private final Complaints complaints = new Complaints();

  /** Lanes that are not run because another one has their name, as complaints name them. */
  private Set<String> namesakes = new HashSet<>();

  private CamelContext camelContext;
  private Path folder;
  private boolean begun;

  /** Files that hold lanes, but are not named so that they are read. */
  private Set<Path> misnamed = Set.of();

  /** Where lanes are described that are for nobody knows which folder. */
  private List<String> unknownPlaces = List.of();

  private Lanes lanes;
  private LaneFolders laneFolders;
  private WatchNotes watchNotes;
  private LaneReportFile report;
  private LaneRoutes routes;
  private RunningLanes running;

  /** Gets ready; the lanes start with the first look, when the context runs. */
  public void open() {
    routes = new LaneRoutes(camelContext);
    running = new RunningLanes(routes, lanes, complaints);
    laneFolders.all().forEach((place, last) -> lanes.keep(place, last.lane(), last.connection()));
    if (folder != null) {
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
      readFiles(now, still);
      complaints.settle(folder.toString());
    } catch (ConfigurationMistake e) {
      complaints.about(folder.toString(), e.getMessage());
      know(now, List.of(folder.toString()));
      return;
    }
    // before any lane has its first look, so that none looks into a folder of a later one
    reserve(now);
    running.become(wanted());
    lanes.await(running.awaited());
  }

  /** Keeps the folders of all lanes that are described for them, whatever is wrong with those. */
  private void reserve(long now) {
    Reservations reservations = new Reservations(camelContext::resolvePropertyPlaceholders);
    for (WatchedLaneFile file : files.values()) {
      file.lanes().stream().filter(lane -> !running.runs(lane)).forEach(reservations::add);
      if (file.mistake() != null) {
        reservations.add(file.path());
      }
    }
    misnamed.stream()
        .filter(file -> !isBackup(file) || SketchedLanes.in(file).isPresent())
        .forEach(reservations::add);
    lanes.reserve(reservations.places());
    know(now, reservations.unknown());
  }

  private void know(long now, List<String> unknown) {
    if (!unknown.isEmpty()) {
      lanes.unknown();
    } else if (files.values().stream().allMatch(file -> file.isRead(now, STILL))) {
      lanes.known(now);
    } else {
      // somebody is writing
      lanes.unknown();
    }
    if (!unknown.equals(unknownPlaces)) {
      unknownPlaces = unknown;
      if (unknown.isEmpty()) {
        LOG.info("The folders of all lanes are known: files are taken from sub-folders again");
      } else {
        LOG.error(
            "{}: it cannot be read which folders the lanes there are for, so that no lane takes files"
                + " from its sub-folders until that is right",
            String.join(", ", unknown));
      }
    }
  }

  private void readFiles(long now, long still) {
    for (Path file : list()) {
      files.computeIfAbsent(file, WatchedLaneFile::new);
    }
    Map<String, LaneTemplate> templates = routes.templates();
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
    Set<Path> others = new TreeSet<>();
    // hidden ones are notes that editors and other systems keep beside a file
    try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, "[!.]*")) {
      for (Path file : found) {
        if (file.toString().endsWith(".camel.yaml")) {
          list.add(file);
        } else if (OTHER_NAMES.matcher(file.getFileName().toString()).matches()) {
          others.add(file);
        }
      }
    } catch (IOException e) {
      throw new ConfigurationMistake(
          "%s cannot be read: give this user the right to list and enter it (%s)"
              .formatted(folder, e),
          e);
    }
    judgeNames(others);
    return list;
  }

  /** The folders of their lanes are kept for them, too. */
  private void judgeNames(Set<Path> others) {
    others.removeIf(file -> !SketchedLanes.areIn(file));
    for (Path file : others) {
      if (!isBackup(file)) {
        complaints.about(
            file.toString(),
            file + ": lanes are read from files whose names end in .camel.yaml: rename it");
      }
    }
    misnamed.stream()
        .filter(file -> !others.contains(file))
        .forEach(file -> complaints.settle(file.toString()));
    misnamed = others;
  }

  private static boolean isBackup(Path file) {
    return BACKUP.matcher(file.getFileName().toString()).matches();
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

  /** One for each lane, with all that is to be known about it, and for what cannot be read. */
  private List<LaneReport.Entry> entries() {
    Map<String, String> wrong = new TreeMap<>(complaints.all());
    Map<String, LaneReport.Entry> entries = new TreeMap<>();
    running.all().forEach((name, lane) -> entries.put(name, entry(lane, wrong)));
    for (WatchedLaneFile file : files.values()) {
      for (LaneDefinition lane : file.lanes()) {
        String why = wrong.remove(lane.name());
        if (why != null) {
          entries.put(lane.name(), LaneReport.Entry.broken(lane.name(), lane.place(), why));
        }
      }
    }
    wrong.forEach((what, why) -> broken(what, why, entries));
    return List.copyOf(entries.values());
  }

  private LaneReport.Entry entry(LaneDefinition lane, Map<String, String> wrong) {
    Lane now = lanes.byName(lane.name());
    boolean paused = now.pause().isOn();
    String trouble = now.reach().trouble();
    String[] whys = {
      paused ? now.pause().reason() : null,
      trouble,
      wrong.remove(lane.name()),
      complaints.of(lane.file().toString()),
      removeNamesake(lane, wrong),
      now.remark(),
      unknownPlaces()
    };
    return new LaneReport.Entry(
        lane.name(),
        lane.place(),
        paused
            ? "paused"
            : running.isLeaving(lane.name()) ? "ending" : trouble == null ? "running" : "waiting",
        Stream.of(whys).filter(Objects::nonNull).findFirst().orElse(null),
        now.watches(),
        lane.parameters().containsKey("host") ? null : now.directory().toString(),
        now.isRecursive(),
        LaneReport.masked(now.getConnectionId()));
  }

  private static String removeNamesake(LaneDefinition lane, Map<String, String> wrong) {
    String why = null;
    for (String what : List.copyOf(wrong.keySet())) {
      if (what.startsWith("lane " + lane + " in ")) {
        why = wrong.remove(what);
      }
    }
    return why;
  }

  /** The lanes of a file, as far as they have names there, or else the file itself. */
  private static void broken(String what, String why, Map<String, LaneReport.Entry> entries) {
    List<String> names = SketchedLanes.namesIn(Path.of(what));
    for (String name : names.isEmpty() ? List.of(SketchedLanes.nameOf(Path.of(what))) : names) {
      entries.putIfAbsent(name, LaneReport.Entry.broken(name, what, why));
    }
  }

  private String unknownPlaces() {
    return unknownPlaces.isEmpty()
        ? null
        : "it takes no files from its sub-folders until it can be read which folders the lanes in "
            + String.join(", ", unknownPlaces)
            + " are for";
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

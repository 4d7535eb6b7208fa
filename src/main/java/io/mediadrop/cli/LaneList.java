package io.mediadrop.cli;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mediadrop.base.ConfigurationMistake;
import io.mediadrop.base.Literal;
import io.mediadrop.base.SettingKey;
import io.mediadrop.file.CompanionNames;
import io.mediadrop.file.IgnoredNames;
import io.mediadrop.lanefile.LaneDefinition;
import io.mediadrop.lanefile.LaneFile;
import io.mediadrop.lanefile.LaneReport;
import io.mediadrop.lanefile.LaneReport.Entry;
import io.mediadrop.lanefile.LaneReportFile;
import io.mediadrop.lanefile.LaneTemplate;
import io.mediadrop.lanefile.SketchedLanes;
import io.mediadrop.ledger.LaneCounts;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Each lane once: as the running mediadrop says that it is, or, where none runs, as its file
 * describes it, with what the ledger knows of it.
 */
final class LaneList {

  private final HomeAccess home;
  private final Map<String, LaneTemplate> templates;
  private final boolean runs;
  private final Map<String, LaneCounts> counts;
  private final Map<String, Entry> lanes = new TreeMap<>();

  /**
   * Reads it all.
   *
   * @param folder with the lanes' files
   */
  LaneList(HomeAccess home, Path folder) throws Exception {
    this.home = home;
    templates = LaneTemplates.of(home.context());
    LaneReport report = report(LaneReportFile.in(home.data()));
    runs = report != null;
    counts = home.ask(handle -> LaneCounts.read(handle, runs)).orElse(Map.of());
    if (runs) {
      report.lanes().forEach(lane -> lanes.put(lane.name(), lane));
    }
    for (Path file : files(folder)) {
      read(file);
    }
  }

  /** What the running mediadrop says, or null if none runs. */
  private static LaneReport report(Path file) {
    try {
      LaneReport report =
          new ObjectMapper()
              .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
              .readValue(file.toFile(), LaneReport.class);
      return report.runs() ? report : null;
    } catch (IOException notThere) {
      return null;
    }
  }

  private static Set<Path> files(Path folder) throws IOException {
    Set<Path> files = new TreeSet<>();
    if (Files.isDirectory(folder)) {
      try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, "[!.]*.camel.yaml")) {
        found.forEach(files::add);
      }
    }
    return files;
  }

  /** What is described and not known to the running one, if there is one. */
  private void read(Path file) {
    try {
      for (LaneDefinition lane : new LaneFile(file, templates).read()) {
        lanes.computeIfAbsent(lane.name(), name -> described(lane));
      }
    } catch (ConfigurationMistake e) {
      List<String> names = SketchedLanes.namesIn(file);
      for (String name : names.isEmpty() ? List.of(SketchedLanes.nameOf(file)) : names) {
        lanes.putIfAbsent(
            name,
            new Entry(name, file.toString(), "broken", e.getMessage(), null, null, true, null));
      }
    }
  }

  private Entry described(LaneDefinition lane) {
    Map<String, String> given = lane.parameters();
    boolean remote = given.containsKey("host");
    String folder = value(given.get("directory"));
    String connection = value(given.get("connectionId"));
    return new Entry(
        lane.name(),
        lane.place(),
        runs ? "new" : "stopped",
        given.values().stream()
            .map(this::missing)
            .filter(Objects::nonNull)
            .findFirst()
            .orElse(null),
        remote ? value(given.get("host")) + ":" + folder : folder,
        remote ? null : folder,
        !"false".equals(given.get("recursive")),
        connection == null ? null : LaneReport.masked(Literal.unwrap(connection)));
  }

  /** The value here, in this environment; null where something is missing. */
  private String value(String written) {
    return missing(written) == null ? resolved(written) : null;
  }

  private String missing(String written) {
    try {
      resolved(written);
      return null;
    } catch (IllegalArgumentException e) {
      String missing = SettingKey.missing(e);
      return missing == null ? e.getMessage() : missing;
    }
  }

  private String resolved(String value) {
    return home.resolved(value);
  }

  /** All lanes, by name. */
  List<LaneLine> lines() throws IOException {
    List<LaneLine> lines = new ArrayList<>();
    for (Entry lane : lanes.values()) {
      boolean broken = lane.state().equals("broken");
      lines.add(
          new LaneLine(
              lane.name(),
              lane.state(),
              Objects.requireNonNullElse(lane.connection(), ""),
              broken ? null : counts.getOrDefault(lane.name(), LaneCounts.NONE),
              lane.directory() == null ? null : filesOf(lane),
              lane.file(),
              Objects.requireNonNullElse(lane.watches(), ""),
              lane.why()));
    }
    return lines;
  }

  private Integer filesOf(Entry lane) throws IOException {
    Path folder = folderOf(lane.directory());
    if (!Files.isDirectory(folder) || !Files.isReadable(folder)) {
      return null;
    }
    Set<Path> folders =
        lanes.values().stream()
            .map(Entry::directory)
            .filter(Objects::nonNull)
            .map(LaneList::folderOf)
            .collect(Collectors.toSet());
    IgnoredNames ignored = new IgnoredNames(resolved("{{mediadrop.drop.ignore}}"));
    CompanionNames companions = new CompanionNames(resolved("{{mediadrop.drop.companions}}"));
    return LaneFolderCount.of(folder, lane.recursive(), folders, ignored, companions);
  }

  private static Path folderOf(String directory) {
    return Path.of(directory).toAbsolutePath().normalize();
  }
}

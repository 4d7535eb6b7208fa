package io.mediadrop.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.mediadrop.ConfigurationMistake;
import io.mediadrop.Literal;
import io.mediadrop.SettingKey;
import io.mediadrop.lane.LaneDefinition;
import io.mediadrop.lane.LaneFile;
import io.mediadrop.lane.LaneReport;
import io.mediadrop.lane.LaneReportFile;
import io.mediadrop.lane.LaneTemplate;
import io.mediadrop.source.CompanionNames;
import io.mediadrop.source.IgnoredNames;
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
import java.util.TreeSet;
import org.apache.camel.CamelContext;

/**
 * Puts together what the files of lanes, the ledger and a running mediadrop say about each lane.
 */
final class LaneList {

  private static final LaneReport NOTHING_RUNS = new LaneReport(0, 0, List.of());

  private final CamelContext context;
  private final Map<String, LaneTemplate> templates;
  private final LaneReport report;
  private final Map<String, LaneCounts> counts;
  private final Map<LaneDefinition, Map<String, String>> lanes = new LinkedHashMap<>();
  private final List<LaneLine> broken = new ArrayList<>();

  /** Reads it all, with the settings that the context knows. */
  LaneList(CamelContext context, Path folder) throws Exception {
    this.context = context;
    templates = LaneTemplates.of(context);
    Path data = Path.of(resolved("{{mediadrop.home}}"), "data");
    report = report(LaneReportFile.in(data));
    counts = LaneCounts.read(resolved("{{mediadrop.ledger.url}}"), data, report != NOTHING_RUNS);
    for (Path file : files(folder)) {
      read(file);
    }
  }

  private static LaneReport report(Path file) {
    try {
      LaneReport report = new ObjectMapper().readValue(file.toFile(), LaneReport.class);
      return report.runs() ? report : NOTHING_RUNS;
    } catch (IOException notThere) {
      return NOTHING_RUNS;
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

  private void read(Path file) {
    try {
      new LaneFile(file, templates).read().forEach(this::resolve);
    } catch (ConfigurationMistake e) {
      broken.add(LaneLine.broken("?", file.toString(), e.getMessage()));
    }
  }

  private void resolve(LaneDefinition lane) {
    try {
      lanes.put(lane, lane.resolved(this::resolved));
    } catch (IllegalArgumentException e) {
      String missing = SettingKey.missing(e);
      broken.add(
          LaneLine.broken(lane.name(), lane.place(), missing == null ? e.getMessage() : missing));
    }
  }

  private String resolved(String value) {
    return context.resolvePropertyPlaceholders(value);
  }

  /** All lanes, in the order of their files, then those that cannot run. */
  List<LaneLine> lines() throws IOException {
    Map<String, LaneReport.Entry> running = new LinkedHashMap<>();
    Map<String, LaneReport.Entry> refused = new LinkedHashMap<>();
    for (LaneReport.Entry entry : report.lanes()) {
      (entry.state().equals("broken") ? refused : running)
          .put(entry.name() == null ? entry.file() : entry.name(), entry);
    }
    List<LaneLine> lines = new ArrayList<>();
    Map<LaneDefinition, Map<String, String>> known = new LinkedHashMap<>(lanes);
    for (Map.Entry<LaneDefinition, Map<String, String>> each : known.entrySet()) {
      String name = each.getKey().name();
      LaneReport.Entry entry = running.remove(name);
      LaneReport.Entry refusal = refused.remove(name);
      lines.add(line(each.getKey(), each.getValue(), entry == null ? refusal : entry));
    }
    running
        .values()
        .forEach(
            entry ->
                lines.add(
                    new LaneLine(
                        entry.name(),
                        entry.state(),
                        "",
                        counts.getOrDefault(entry.name(), LaneCounts.NONE),
                        null,
                        entry.file(),
                        "",
                        entry.why())));
    lines.addAll(broken);
    Set<String> said = new HashSet<>();
    lines.forEach(line -> said.add(line.file()));
    refused.values().stream()
        .filter(entry -> !said.contains(entry.file()))
        .forEach(
            entry ->
                lines.add(
                    LaneLine.broken(
                        entry.name() == null ? "?" : entry.name(), entry.file(), entry.why())));
    return lines;
  }

  private LaneLine line(LaneDefinition lane, Map<String, String> values, LaneReport.Entry entry)
      throws IOException {
    String state = report == NOTHING_RUNS ? "stopped" : entry == null ? "new" : entry.state();
    boolean local = !values.containsKey("host");
    return new LaneLine(
        lane.name(),
        state,
        LaneLine.masked(Literal.unwrap(values.getOrDefault("connectionId", ""))),
        counts.getOrDefault(lane.name(), LaneCounts.NONE),
        local ? filesOf(values) : null,
        lane.place(),
        local ? values.get("directory") : values.get("host") + ":" + values.get("directory"),
        entry == null ? null : entry.why());
  }

  private Integer filesOf(Map<String, String> values) throws IOException {
    Path folder = folderOf(values);
    if (!Files.isDirectory(folder)) {
      return null;
    }
    Set<Path> folders = new HashSet<>();
    lanes.values().stream()
        .filter(other -> !other.containsKey("host"))
        .map(LaneList::folderOf)
        .forEach(folders::add);
    IgnoredNames ignored = new IgnoredNames();
    ignored.setPatterns(resolved("{{mediadrop.drop.ignore}}"));
    CompanionNames companions = new CompanionNames();
    companions.setPatterns(resolved("{{mediadrop.drop.companions}}"));
    return LaneFolderCount.of(
        folder, !"false".equals(values.get("recursive")), folders, ignored, companions);
  }

  private static Path folderOf(Map<String, String> values) {
    return Path.of(values.get("directory")).toAbsolutePath().normalize();
  }
}

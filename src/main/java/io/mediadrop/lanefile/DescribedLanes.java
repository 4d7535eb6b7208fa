package io.mediadrop.lanefile;

import io.mediadrop.base.ConfigurationMistake;
import io.mediadrop.file.WriteRights;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Which files of lanes lie in the folder for them, and what each describes. */
class DescribedLanes {

  private static final Logger LOG = LoggerFactory.getLogger("mediadrop.lane");

  /** What a file of lanes may be called by mistake, or for a while. */
  private static final Pattern OTHER_NAMES = Pattern.compile("(?i).+\\.ya?ml.*");

  /** What editors and people call what was there before. */
  private static final Pattern BACKUP =
      Pattern.compile("(?i).*(~|\\.(bak|old|orig|save|swp|tmp|off|disabled|rpmsave|dpkg-.*))");

  private final Map<Path, WatchedLaneFile> files = new TreeMap<>();
  private final Path folder;
  private final Complaints complaints;

  /** Files that hold lanes, but are not named so that they are read. */
  private Set<Path> misnamed = Set.of();

  /** No file has been looked at yet, and the folder need not be there. */
  DescribedLanes(Path folder, Complaints complaints) {
    this.folder = folder;
    this.complaints = complaints;
  }

  /**
   * Looks at all files, and reads those that have changed.
   *
   * @param now the time by a clock that nobody sets, in nanoseconds
   * @param still how long a file must have stayed the same, in nanoseconds
   * @param templates those that lanes can be made from, by name
   * @throws ConfigurationMistake if the folder cannot be read, or others may write in it
   */
  void look(long now, long still, Map<String, LaneTemplate> templates) {
    for (Path file : list()) {
      files.computeIfAbsent(file, WatchedLaneFile::new);
    }
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

  /** The files, in the order of their paths. */
  Collection<WatchedLaneFile> files() {
    return files.values();
  }

  /** All lanes, as they were when their files were right last. */
  List<LaneDefinition> lanes() {
    return files.values().stream().flatMap(file -> file.lanes().stream()).toList();
  }

  /** The files that are not read because of their names; their lanes' folders are kept as well. */
  List<Path> misnamed() {
    return misnamed.stream()
        .filter(file -> !isBackup(file) || SketchedLanes.in(file).isPresent())
        .toList();
  }
}

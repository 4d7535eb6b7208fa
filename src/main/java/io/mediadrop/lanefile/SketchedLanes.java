package io.mediadrop.lanefile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Reads from a file of lanes that is not right for which folders its lanes are, without a reader of
 * YAML: a folder that can be made out stays its lane's until the file is mended.
 */
public final class SketchedLanes {

  /** Larger files are no lanes. */
  private static final long LARGEST = 1 << 20;

  private static final Pattern BEGIN =
      Pattern.compile("^[\\s\\uFEFF-]*(templatedRoute|routeId|routeTemplateRef)\\s*:.*");
  private static final Pattern NAME =
      Pattern.compile("^[\\s-]*name\\s*:\\s*[\"']?(\\w+)[\"']?\\s*(#.*)?$");
  private static final Pattern VALUE = Pattern.compile("^[\\s-]*value\\s*:\\s*(.*\\S)\\s*$");

  private static final Pattern ROUTE_ID =
      Pattern.compile("^[\\s-]*routeId\\s*:\\s*[\"']?([a-z0-9][a-z0-9._-]{0,62})[\"']?\\s*(#.*)?$");

  /**
   * A whole value: in quotes without escapes, those of word processors included, or plain up to a
   * comment.
   */
  private static final Pattern WHOLE =
      Pattern.compile(
          "(?:\"(?<double>[^\"\\\\]+)\"|'(?<single>[^']+)'|[“„«‘‚‹](?<curly>[^\"'“”„«»‘’‚‹›]+)[“”»‘’›])"
              + "\\s*(?:#.*)?|(?<plain>[^\"'|>&*!\\[#“”„‟‘’‚‛«»‹›].*?)(?:\\s+#.*)?");

  /** What YAML takes for no value. */
  private static final Set<String> NOTHING = Set.of("~", "null", "Null", "NULL");

  private SketchedLanes() {}

  /** Whether lanes are described in a file at all. */
  static boolean areIn(Path file) {
    return lines(file).stream().anyMatch(line -> BEGIN.matcher(line).matches());
  }

  /**
   * The parameters of each lane, as they are written; none if it cannot be made out for each lane
   * which folder it is for.
   */
  static Optional<List<Map<String, String>>> in(Path file) {
    Map<String, Integer> begun = new HashMap<>();
    List<Map<String, String>> lanes = new ArrayList<>();
    Map<String, String> lane = new HashMap<>();
    String name = null;
    for (String line : lines(file)) {
      Matcher begin = BEGIN.matcher(line);
      Matcher named = NAME.matcher(line);
      Matcher value = VALUE.matcher(line);
      if (begin.matches()) {
        begun.merge(begin.group(1), 1, Integer::sum);
      } else if (named.matches()) {
        name = named.group(1);
      } else if (value.matches() && name != null) {
        if (name.equals("directory") && lane.containsKey(name)
            || begun.values().stream().anyMatch(count -> count > lanes.size() + 1)) {
          lanes.add(lane);
          lane = new HashMap<>();
        }
        whole(value.group(1), name, lane);
        name = null;
      }
    }
    lanes.add(lane);
    boolean all =
        !begun.isEmpty()
            && begun.values().stream().allMatch(count -> count <= lanes.size())
            && lanes.stream().allMatch(each -> each.containsKey("directory"));
    return all ? Optional.of(lanes) : Optional.empty();
  }

  /** The names of the lanes, as far as they can be made out. */
  public static List<String> namesIn(Path file) {
    return lines(file).stream()
        .map(ROUTE_ID::matcher)
        .filter(Matcher::matches)
        .map(name -> name.group(1))
        .distinct()
        .toList();
  }

  /** What to call lanes without names: as their file is called. */
  public static String nameOf(Path file) {
    return file.getFileName().toString().replaceFirst("(?i)(\\.camel)?\\.ya?ml$", "");
  }

  private static void whole(String value, String name, Map<String, String> lane) {
    Matcher whole = WHOLE.matcher(value);
    if (whole.matches()) {
      Stream.of("double", "single", "curly", "plain")
          .map(whole::group)
          .filter(text -> text != null && !NOTHING.contains(text))
          .forEach(text -> lane.put(name, text));
    }
  }

  private static List<String> lines(Path file) {
    try {
      return Files.size(file) > LARGEST
          ? List.of()
          : Files.readAllLines(file).stream().filter(line -> !line.isBlank()).toList();
    } catch (IOException unreadable) {
      return List.of();
    }
  }
}

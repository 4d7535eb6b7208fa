package io.mediadrop.lanefile;

import java.nio.file.Path;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * A lane as its file describes it.
 *
 * @param name the lane's name
 * @param template the route template that it is made from
 * @param parameters the template's parameters, as they are written
 * @param file where it stands
 * @param line the line there in which its description begins
 */
public record LaneDefinition(
    String name, String template, Map<String, String> parameters, Path file, int line) {

  /** The file and the line, as compilers name them. */
  public String place() {
    return file + ":" + line;
  }

  /** The parameters with what is put in the place of each. */
  public Map<String, String> resolved(UnaryOperator<String> placeholders) {
    return parameters.entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, each -> placeholders.apply(each.getValue())));
  }

  /** The name alone: the parameters may be secrets. */
  @Override
  public String toString() {
    return name;
  }
}

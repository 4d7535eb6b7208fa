package io.mediadrop.lane;

import io.mediadrop.ConfigurationMistake;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Checks a file of lanes before Camel reads it. Camel takes a parameter that the template does not
 * have without a word, and cannot say in which file a template is missing.
 */
public final class LaneFile {

  private final Path file;
  private final Function<String, Map<String, Boolean>> parametersOf;

  /**
   * A file of lanes.
   *
   * @param parametersOf a template's parameters, each with whether it must be given; none if there
   *     is no such template
   */
  public LaneFile(Path file, Function<String, Map<String, Boolean>> parametersOf) {
    this.file = file;
    this.parametersOf = parametersOf;
  }

  /**
   * Does nothing if the file holds lanes and nothing else.
   *
   * @throws ConfigurationMistake if it does not, or cannot be read
   */
  public void check() {
    Set<String> names = new HashSet<>();
    for (Object item : items(content())) {
      Map<?, ?> lane = lane(item);
      String name = String.valueOf(lane.get("routeId"));
      require(
          Lane.NAME.matcher(name).matches(),
          "the lane name (routeId) '%s' must match %s",
          name,
          Lane.NAME.pattern());
      require(names.add(name), "there are two lanes '%s': give each a routeId of its own", name);
      checkParameters(name, lane);
    }
  }

  private Object content() {
    try (Reader reader = Files.newBufferedReader(file)) {
      return new Load(LoadSettings.builder().setLabel(file.toString()).build())
          .loadFromReader(reader);
    } catch (YamlEngineException e) {
      throw mistake("it is no YAML: " + e.getMessage().replaceAll("\\s+", " "));
    } catch (IOException e) {
      throw mistake("it cannot be read: " + e);
    }
  }

  private List<?> items(Object content) {
    require(
        content instanceof List, "write a list of lanes, each beginning with '- templatedRoute:'");
    return (List<?>) content;
  }

  private Map<?, ?> lane(Object item) {
    require(
        item instanceof Map<?, ?> entry
            && entry.size() == 1
            && entry.get("templatedRoute") instanceof Map,
        "only lanes may stand here, each as '- templatedRoute:'; put routes of your own into the"
            + " folder above");
    return (Map<?, ?>) ((Map<?, ?>) item).get("templatedRoute");
  }

  private void checkParameters(String name, Map<?, ?> lane) {
    String template = String.valueOf(lane.get("routeTemplateRef"));
    Map<String, Boolean> known = parametersOf.apply(template);
    require(
        !known.isEmpty(),
        "lane %s: there is no route template '%s': write routeTemplateRef: folder-lane",
        name,
        template);
    List<String> given = parameters(lane);
    for (String parameter : given) {
      require(
          known.containsKey(parameter),
          "lane %s: %s has no parameter '%s': write one of %s",
          name,
          template,
          parameter,
          String.join(", ", known.keySet()));
    }
    known.forEach(
        (parameter, required) ->
            require(
                !required || given.contains(parameter),
                "lane %s: %s needs the parameter '%s': add '- name: %s' with its value",
                name,
                template,
                parameter,
                parameter));
  }

  private static List<String> parameters(Map<?, ?> lane) {
    List<String> names = new ArrayList<>();
    if (lane.get("parameters") instanceof List<?> parameters) {
      for (Object parameter : parameters) {
        names.add(
            parameter instanceof Map<?, ?> entry
                ? String.valueOf(entry.get("name"))
                : String.valueOf(parameter));
      }
    }
    return names;
  }

  private void require(boolean right, String remedy, Object... values) {
    if (!right) {
      throw mistake(remedy.formatted(values));
    }
  }

  private ConfigurationMistake mistake(String remedy) {
    return new ConfigurationMistake(file + ": " + remedy);
  }
}

package io.mediadrop.lanefile;

import io.mediadrop.base.ConfigurationMistake;
import io.mediadrop.lane.Lane;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * Reads a file of lanes, and nothing but lanes. Camel takes a parameter that the template does not
 * have without a word, and cannot say in which file and line a mistake is.
 */
public final class LaneFile {

  private static final Set<String> KEYS = Set.of("routeId", "routeTemplateRef", "parameters");

  private final Path file;
  private final LaneYaml yaml;
  private final Map<String, LaneTemplate> templates;

  /**
   * A file of lanes.
   *
   * @param templates those that lanes can be made from, by name
   */
  public LaneFile(Path file, Map<String, LaneTemplate> templates) {
    this.file = file;
    yaml = new LaneYaml(file);
    this.templates = templates;
  }

  /**
   * The lanes that the file describes.
   *
   * @throws ConfigurationMistake naming file and line, if it holds anything else or cannot be read
   */
  public List<LaneDefinition> read() {
    Map<String, LaneDefinition> lanes = new LinkedHashMap<>();
    Node content = yaml.content();
    yaml.require(
        content instanceof SequenceNode,
        content,
        "write a list of lanes, each beginning with '- templatedRoute:'");
    for (Node item : ((SequenceNode) content).getValue()) {
      LaneDefinition lane = lane(item);
      yaml.require(
          lanes.put(lane.name(), lane) == null,
          item,
          "there are two lanes '%s': give each a routeId of its own",
          lane.name());
    }
    return List.copyOf(lanes.values());
  }

  private LaneDefinition lane(Node item) {
    Map<String, Node> entry = LaneYaml.entries(item);
    yaml.require(
        entry.size() == 1 && entry.get("templatedRoute") instanceof MappingNode,
        item,
        "only lanes may stand here, each as '- templatedRoute:'; put routes of your own into the"
            + " folder above");
    Map<String, Node> lane = LaneYaml.entries(entry.get("templatedRoute"));
    lane.forEach(
        (key, node) ->
            yaml.require(
                KEYS.contains(key),
                node,
                "a lane has no '%s': write routeId, routeTemplateRef and parameters",
                key));
    String name = yaml.text(item, lane.get("routeId"), "routeId: and the lane's name");
    yaml.require(
        Lane.NAME.matcher(name).matches(),
        lane.get("routeId"),
        "the lane name (routeId) '%s' must match %s",
        name,
        Lane.NAME.pattern());
    String template =
        yaml.text(item, lane.get("routeTemplateRef"), "routeTemplateRef: " + templateNames());
    yaml.require(
        templates.containsKey(template),
        lane.get("routeTemplateRef"),
        "lane %s: there is no route template '%s': write routeTemplateRef: %s",
        name,
        template,
        templateNames());
    return new LaneDefinition(
        name,
        template,
        parameters(name, templates.get(template), item, lane),
        file,
        LaneYaml.line(item));
  }

  private String templateNames() {
    return String.join(" or ", templates.keySet().stream().sorted().toList());
  }

  private Map<String, String> parameters(
      String name, LaneTemplate template, Node item, Map<String, Node> lane) {
    Map<String, String> given = new LinkedHashMap<>();
    for (Node each : parameterNodes(lane.get("parameters"))) {
      Map<String, Node> parameter = LaneYaml.entries(each);
      String key =
          yaml.text(each, parameter.get("name"), "'- name:' and 'value:' of the parameter");
      yaml.require(
          template.parameters().containsKey(key),
          each,
          "lane %s: %s has no parameter '%s': write one of %s",
          name,
          template.name(),
          key,
          String.join(", ", template.parameters().keySet()));
      String value =
          yaml.text(each, parameter.get("value"), "value: of the parameter '" + key + "'");
      yaml.require(
          !LaneYaml.isNothing(parameter.get("value"))
              && !(value.isBlank() && template.parameters().get(key)),
          parameter.get("value"),
          "lane %s: the value of '%s' is empty: write %s",
          name,
          key,
          template.parameters().get(key) ? "one" : "one, or leave the parameter out");
      yaml.require(given.put(key, value) == null, each, "lane %s: '%s' is given twice", name, key);
    }
    template
        .parameters()
        .forEach(
            (key, required) ->
                yaml.require(
                    !required || given.containsKey(key),
                    item,
                    "lane %s: %s needs the parameter '%s': add '- name: %s' with its value",
                    name,
                    template.name(),
                    key,
                    key));
    return given;
  }

  private List<Node> parameterNodes(Node parameters) {
    yaml.require(
        parameters == null || parameters instanceof SequenceNode,
        parameters,
        "write the parameters as a list of '- name:' and 'value:'");
    return parameters == null ? List.of() : ((SequenceNode) parameters).getValue();
  }
}

package io.mediadrop.lanefile;

import io.mediadrop.base.ConfigurationMistake;
import io.mediadrop.lane.Lane;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * Reads a file of lanes, and nothing but lanes. Camel takes a parameter that the template does not
 * have without a word, and cannot say in which file and line a mistake is.
 */
public final class LaneFile {

  private static final Set<String> KEYS = Set.of("routeId", "routeTemplateRef", "parameters");

  private final Path file;
  private final Map<String, LaneTemplate> templates;

  /**
   * A file of lanes.
   *
   * @param templates those that lanes can be made from, by name
   */
  public LaneFile(Path file, Map<String, LaneTemplate> templates) {
    this.file = file;
    this.templates = templates;
  }

  /**
   * The lanes that the file describes.
   *
   * @throws ConfigurationMistake naming file and line, if it holds anything else or cannot be read
   */
  public List<LaneDefinition> read() {
    Map<String, LaneDefinition> lanes = new LinkedHashMap<>();
    Node content = content();
    require(
        content instanceof SequenceNode,
        content,
        "write a list of lanes, each beginning with '- templatedRoute:'");
    for (Node item : ((SequenceNode) content).getValue()) {
      LaneDefinition lane = lane(item);
      require(
          lanes.put(lane.name(), lane) == null,
          item,
          "there are two lanes '%s': give each a routeId of its own",
          lane.name());
    }
    return List.copyOf(lanes.values());
  }

  private Node content() {
    String text = text();
    YamlSlips.indentedIn(text.lines().toList())
        .ifPresent(
            slip -> {
              throw mistake(slip.line(), slip.remedy());
            });
    try {
      LoadSettings settings = LoadSettings.builder().setLabel(file.toString()).build();
      return new Compose(settings).composeString(text).orElse(null);
    } catch (MarkedYamlEngineException e) {
      throw noYaml(text, e.getProblemMark().map(Mark::getLine), e.getProblem());
    } catch (YamlEngineException e) {
      throw noYaml(text, Optional.empty(), e.getMessage());
    }
  }

  private ConfigurationMistake noYaml(String text, Optional<Integer> before, String problem) {
    List<String> lines = text.lines().toList();
    return YamlSlips.in(lines, before.map(count -> count + 1).orElse(lines.size()))
        .map(slip -> mistake(slip.line(), slip.remedy()))
        .orElseGet(() -> mistake(before.orElse(0) + 1, "it is no YAML: " + oneLine(problem)));
  }

  private String text() {
    try {
      return Files.readString(file);
    } catch (CharacterCodingException e) {
      throw mistake(1, "it is not in UTF-8: save it as plain text in UTF-8");
    } catch (IOException e) {
      throw mistake(1, "it cannot be read: " + e);
    }
  }

  private static String oneLine(String text) {
    return String.valueOf(text).replaceAll("\\s+", " ");
  }

  private LaneDefinition lane(Node item) {
    Map<String, Node> entry = entries(item);
    require(
        entry.size() == 1 && entry.get("templatedRoute") instanceof MappingNode,
        item,
        "only lanes may stand here, each as '- templatedRoute:'; put routes of your own into the"
            + " folder above");
    Map<String, Node> lane = entries(entry.get("templatedRoute"));
    lane.forEach(
        (key, node) ->
            require(
                KEYS.contains(key),
                node,
                "a lane has no '%s': write routeId, routeTemplateRef and parameters",
                key));
    String name = text(item, lane.get("routeId"), "routeId: and the lane's name");
    require(
        Lane.NAME.matcher(name).matches(),
        lane.get("routeId"),
        "the lane name (routeId) '%s' must match %s",
        name,
        Lane.NAME.pattern());
    String template =
        text(item, lane.get("routeTemplateRef"), "routeTemplateRef: " + templateNames());
    require(
        templates.containsKey(template),
        lane.get("routeTemplateRef"),
        "lane %s: there is no route template '%s': write routeTemplateRef: %s",
        name,
        template,
        templateNames());
    return new LaneDefinition(
        name, template, parameters(name, templates.get(template), item, lane), file, line(item));
  }

  private String templateNames() {
    return String.join(" or ", templates.keySet().stream().sorted().toList());
  }

  private Map<String, String> parameters(
      String name, LaneTemplate template, Node item, Map<String, Node> lane) {
    Map<String, String> given = new LinkedHashMap<>();
    for (Node each : parameterNodes(lane.get("parameters"))) {
      Map<String, Node> parameter = entries(each);
      String key = text(each, parameter.get("name"), "'- name:' and 'value:' of the parameter");
      require(
          template.parameters().containsKey(key),
          each,
          "lane %s: %s has no parameter '%s': write one of %s",
          name,
          template.name(),
          key,
          String.join(", ", template.parameters().keySet()));
      String value = text(each, parameter.get("value"), "value: of the parameter '" + key + "'");
      require(
          !isNothing(parameter.get("value"))
              && !(value.isBlank() && template.parameters().get(key)),
          parameter.get("value"),
          "lane %s: the value of '%s' is empty: write %s",
          name,
          key,
          template.parameters().get(key) ? "one" : "one, or leave the parameter out");
      require(given.put(key, value) == null, each, "lane %s: '%s' is given twice", name, key);
    }
    template
        .parameters()
        .forEach(
            (key, required) ->
                require(
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
    require(
        parameters == null || parameters instanceof SequenceNode,
        parameters,
        "write the parameters as a list of '- name:' and 'value:'");
    return parameters == null ? List.of() : ((SequenceNode) parameters).getValue();
  }

  private String text(Node around, Node node, String missing) {
    require(node instanceof ScalarNode, node == null ? around : node, "add %s", missing);
    Optional<String> slip = YamlSlips.in((ScalarNode) node);
    require(slip.isEmpty(), node, "%s", slip.orElse(""));
    return ((ScalarNode) node).getValue();
  }

  /** Nothing at all, or what YAML takes for that: a lone {@code ~}, or {@code null}. */
  private static boolean isNothing(Node node) {
    return node.getTag().equals(Tag.NULL)
        || node instanceof ScalarNode scalar
            && scalar.getScalarStyle() == ScalarStyle.PLAIN
            && scalar.getValue().equals("~");
  }

  /** The keys and values of a mapping; none if it is something else. */
  private static Map<String, Node> entries(Node node) {
    Map<String, Node> entries = new LinkedHashMap<>();
    if (node instanceof MappingNode mapping) {
      for (NodeTuple each : new ArrayList<>(mapping.getValue())) {
        boolean plain = each.getKeyNode() instanceof ScalarNode;
        entries.put(plain ? ((ScalarNode) each.getKeyNode()).getValue() : "?", each.getValueNode());
      }
    }
    return entries;
  }

  private static int line(Node node) {
    return node == null ? 1 : node.getStartMark().map(Mark::getLine).orElse(0) + 1;
  }

  private void require(boolean right, Node node, String remedy, Object... values) {
    if (!right) {
      throw mistake(line(node), remedy.formatted(values));
    }
  }

  private ConfigurationMistake mistake(int line, String remedy) {
    return new ConfigurationMistake(file + ":" + line + ": " + remedy);
  }
}

package io.mediadrop.lanefile;

import io.mediadrop.base.ConfigurationMistake;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
import org.snakeyaml.engine.v2.nodes.Tag;

/** A file in YAML, of whatever is wrong in which it can be said in which line it is. */
class LaneYaml {

  private final Path file;

  LaneYaml(Path file) {
    this.file = file;
  }

  /**
   * All that is in the file; null if that is nothing.
   *
   * @throws ConfigurationMistake if it is no YAML, or cannot be read
   */
  Node content() {
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

  /**
   * The text of a node.
   *
   * @param around what the node is in
   * @param missing what to add where it is missing
   * @throws ConfigurationMistake if it is missing, or is something else
   */
  String text(Node around, Node node, String missing) {
    require(node instanceof ScalarNode, node == null ? around : node, "add %s", missing);
    Optional<String> slip = YamlSlips.in((ScalarNode) node);
    require(slip.isEmpty(), node, "%s", slip.orElse(""));
    return ((ScalarNode) node).getValue();
  }

  /** Nothing at all, or what YAML takes for that: a lone {@code ~}, or {@code null}. */
  static boolean isNothing(Node node) {
    return node.getTag().equals(Tag.NULL)
        || node instanceof ScalarNode scalar
            && scalar.getScalarStyle() == ScalarStyle.PLAIN
            && scalar.getValue().equals("~");
  }

  /** The keys and values of a mapping; none if it is something else. */
  static Map<String, Node> entries(Node node) {
    Map<String, Node> entries = new LinkedHashMap<>();
    if (node instanceof MappingNode mapping) {
      for (NodeTuple each : new ArrayList<>(mapping.getValue())) {
        boolean plain = each.getKeyNode() instanceof ScalarNode;
        entries.put(plain ? ((ScalarNode) each.getKeyNode()).getValue() : "?", each.getValueNode());
      }
    }
    return entries;
  }

  /** The line that a node begins in, from 1. */
  static int line(Node node) {
    return node == null ? 1 : node.getStartMark().map(Mark::getLine).orElse(0) + 1;
  }

  /**
   * Makes sure of something.
   *
   * @throws ConfigurationMistake in the line of this node, with what to do, if it is not so
   */
  void require(boolean right, Node node, String remedy, Object... values) {
    if (!right) {
      throw mistake(line(node), remedy.formatted(values));
    }
  }

  private ConfigurationMistake mistake(int line, String remedy) {
    return new ConfigurationMistake(file + ":" + line + ": " + remedy);
  }
}

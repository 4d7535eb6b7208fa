package io.mediadrop.conventions;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * A place in a YAML file: what stands there, the line it starts on and the key it stands under (an
 * item of a list stands under the key of the list).
 */
record Yaml(String file, int line, String key, Node node) {

  static Yaml read(Path root, Path file) {
    String name = root.relativize(file).toString();
    var settings = LoadSettings.builder().setLabel(name).build();
    try {
      return new Compose(settings)
          .composeString(Files.readString(file))
          .map(node -> new Yaml(name, 1, "", node))
          .orElseThrow(() -> new AssertionError(name + ":1: the file is empty; delete it"));
    } catch (IOException e) {
      throw new AssertionError(name + " cannot be read", e);
    }
  }

  String stem() {
    return Path.of(file).getFileName().toString().replaceFirst("\\..*", "");
  }

  List<Yaml> children() {
    if (node instanceof MappingNode mapping) {
      return mapping.getValue().stream()
          .map(
              entry -> {
                var name = (ScalarNode) entry.getKeyNode();
                return new Yaml(file, lineOf(name), name.getValue(), entry.getValueNode());
              })
          .toList();
    }
    if (node instanceof SequenceNode list) {
      return list.getValue().stream().map(item -> new Yaml(file, lineOf(item), key, item)).toList();
    }
    return List.of();
  }

  /** What stands under a path of keys. */
  Optional<Yaml> get(String... path) {
    Optional<Yaml> found = Optional.of(this);
    for (String step : path) {
      found = found.flatMap(yaml -> yaml.child(step));
    }
    return found;
  }

  Optional<String> text(String... path) {
    return get(path).filter(Yaml::isScalar).map(Yaml::value);
  }

  /** This place and all below it, in the order of the file. */
  Stream<Yaml> everything() {
    return Stream.concat(Stream.of(this), children().stream().flatMap(Yaml::everything));
  }

  boolean isScalar() {
    return node instanceof ScalarNode;
  }

  boolean isMapping() {
    return node instanceof MappingNode;
  }

  boolean isList() {
    return node instanceof SequenceNode;
  }

  String value() {
    return ((ScalarNode) node).getValue();
  }

  Finding finding(String text, Object... arguments) {
    return new Finding(file, line, text.formatted(arguments));
  }

  private Optional<Yaml> child(String name) {
    return isMapping()
        ? children().stream().filter(child -> child.key().equals(name)).findFirst()
        : Optional.empty();
  }

  private static int lineOf(Node node) {
    return node.getStartMark().orElseThrow().getLine() + 1;
  }
}

package io.mediadrop.conventions;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.networknt.schema.JsonNodePath;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.ValidationMessage;
import java.util.List;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** Whether routes are written in the long form, as a person reads it. */
final class CanonicalForm {

  private static final JsonSchema SCHEMA = CanonicalSchema.load();
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private CanonicalForm() {}

  static Stream<Finding> ofSchema(Bundle bundle) {
    return bundle.all().stream().flatMap(CanonicalForm::ofFile);
  }

  static Stream<Finding> ofUris(Bundle bundle) {
    return places(bundle)
        .filter(place -> place.key().equals("uri") && place.isScalar())
        .filter(uri -> uri.value().replaceAll("\\{\\{[^}]*}}", "").contains("?"))
        .map(uri -> uri.finding("options stand in the uri: write them below 'parameters:'"));
  }

  static Stream<Finding> ofTexts(Bundle bundle) {
    return places(bundle)
        .filter(place -> place.node() instanceof ScalarNode text && isFolded(text))
        .map(
            text ->
                text.finding("a text of several lines: write a block scalar ('|' or '>') instead"));
  }

  private static Stream<Yaml> places(Bundle bundle) {
    return bundle.all().stream().flatMap(Yaml::everything);
  }

  private static boolean isFolded(ScalarNode text) {
    boolean block =
        text.getScalarStyle() == ScalarStyle.LITERAL || text.getScalarStyle() == ScalarStyle.FOLDED;
    return !block && (text.getValue().contains("\n") || lines(text) > 1);
  }

  private static int lines(Node node) {
    int start = node.getStartMark().orElseThrow().getLine();
    return node.getEndMark().orElseThrow().getLine() - start + 1;
  }

  /** Of the many messages about one mistake, the first about the innermost place is enough. */
  private static Stream<Finding> ofFile(Yaml file) {
    List<ValidationMessage> messages = List.copyOf(SCHEMA.validate(json(file)));
    return messages.stream()
        .filter(message -> messages.stream().noneMatch(other -> isBetter(other, message)))
        .map(message -> finding(file, message))
        .distinct();
  }

  private static boolean isBetter(ValidationMessage other, ValidationMessage message) {
    JsonNodePath there = other.getInstanceLocation();
    JsonNodePath here = message.getInstanceLocation();
    boolean deeper = there.getNameCount() > here.getNameCount() && there.startsWith(here);
    boolean plainer = there.equals(here) && isAlternative(message) && !isAlternative(other);
    return deeper || plainer;
  }

  /** A step that fits none of many forms lacks something of each: noise beside what is wrong. */
  private static boolean isAlternative(ValidationMessage message) {
    return List.of("required", "oneOf", "anyOf", "not").contains(message.getType());
  }

  private static Finding finding(Yaml file, ValidationMessage message) {
    Yaml place = file;
    JsonNodePath path = message.getInstanceLocation();
    for (int i = 0; i < path.getNameCount(); i++) {
      place = step(place, path.getElement(i));
    }
    if (message.getProperty() != null) {
      place = place.get(message.getProperty()).orElse(place);
    }
    return place.finding("%s: %s", message.getError(), remedy(place, message));
  }

  private static Yaml step(Yaml place, Object name) {
    return name instanceof Integer index
        ? place.children().get(index)
        : place.get(name.toString()).orElse(place);
  }

  private static String remedy(Yaml place, ValidationMessage message) {
    return switch (message.getType()) {
      case "type" -> "write '%s:' in its long form, options below it".formatted(place.key());
      case "additionalProperties" -> "check the name; a language stands below 'expression:'";
      default -> "write '%s:' as Camel's YAML schema has it".formatted(place.key());
    };
  }

  private static JsonNode json(Yaml yaml) {
    if (yaml.isMapping()) {
      var object = JSON.objectNode();
      yaml.children().forEach(child -> object.set(child.key(), json(child)));
      return object;
    }
    if (yaml.isList()) {
      return JSON.arrayNode().addAll(yaml.children().stream().map(CanonicalForm::json).toList());
    }
    return scalar(yaml.node().getTag(), yaml.value());
  }

  private static JsonNode scalar(Tag tag, String value) {
    return switch (tag.getValue()) {
      case "tag:yaml.org,2002:int" -> JSON.numberNode(Long.parseLong(value));
      case "tag:yaml.org,2002:float" -> JSON.numberNode(Double.parseDouble(value));
      case "tag:yaml.org,2002:bool" -> JSON.booleanNode(Boolean.parseBoolean(value));
      case "tag:yaml.org,2002:null" -> JSON.nullNode();
      default -> JSON.textNode(value);
    };
  }
}

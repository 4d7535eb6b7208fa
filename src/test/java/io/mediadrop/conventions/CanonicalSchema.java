package io.mediadrop.conventions;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;

/**
 * Camel's own YAML schema without its shorthand.
 *
 * <p>Camel 4.18 ships one schema that takes both the long and the compact form, so the compact
 * alternatives are taken out here: a step as one string, and a language outside {@code
 * expression:}.
 */
final class CanonicalSchema {

  private CanonicalSchema() {}

  static JsonSchema load() {
    try (var schema = CanonicalSchema.class.getResourceAsStream("/schema/camelYamlDsl.json")) {
      JsonNode tree = new ObjectMapper().readTree(schema);
      forbidShorthand(tree);
      return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V4).getSchema(tree);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void forbidShorthand(JsonNode node) {
    node.forEach(CanonicalSchema::forbidShorthand);
    if (node instanceof ObjectNode definition) {
      definition.remove("deprecated"); // draft 4 does not know the word, and the validator warns
      forbidString(definition);
      forbidInlineLanguage(definition);
    }
  }

  private static void forbidString(ObjectNode definition) {
    JsonNode forms = definition.path("oneOf");
    if (forms.size() == 2
        && forms.path(0).path("type").asText().equals("string")
        && forms.path(1) instanceof ObjectNode longForm) {
      definition.remove("oneOf");
      definition.setAll(longForm);
    }
  }

  private static void forbidInlineLanguage(ObjectNode definition) {
    var forms = definition.path("anyOf").path(0).path("oneOf");
    String first = forms.path(0).path("$ref").asText();
    if (first.endsWith("ExpressionDefinition") && forms instanceof ArrayNode alternatives) {
      alternatives.remove(0);
      removeStandIns((ObjectNode) definition.path("properties"));
    }
  }

  /** The schema lists each language as an empty property beside {@code expression}. */
  private static void removeStandIns(ObjectNode properties) {
    var languages = new ArrayList<String>();
    properties
        .properties()
        .forEach(
            property -> {
              if (property.getValue().isEmpty() && !property.getKey().equals("expression")) {
                languages.add(property.getKey());
              }
            });
    properties.remove(languages);
  }
}

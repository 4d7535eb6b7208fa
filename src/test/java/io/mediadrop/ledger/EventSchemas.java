package io.mediadrop.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The documented schemas of the events, and what a message does not keep of them. */
public final class EventSchemas {

  /** Where schemas and examples are. */
  static final Path FOLDER = Path.of("docs/events");

  private static final int LARGEST = 20_000;
  private static final ObjectMapper JSON = new ObjectMapper();

  private EventSchemas() {}

  /** What is wrong with a message; nothing if it is as documented, with no field beyond that. */
  public static List<String> violations(byte[] message) {
    try {
      JsonNode event = JSON.readTree(message);
      List<String> violations = new ArrayList<>(violations(event));
      if (message.length > LARGEST) {
        violations.add("it has " + message.length + " bytes");
      }
      return violations;
    } catch (IOException e) {
      return List.of("it is no JSON: " + e.getMessage());
    }
  }

  static List<String> violations(JsonNode event) {
    Path file = FOLDER.resolve(event.path("type").asText() + ".schema.json");
    if (!Files.exists(file)) {
      return List.of("there is no schema for type " + event.path("type"));
    }
    JsonNode schema = read(file);
    List<String> violations = new ArrayList<>();
    validator(schema).validate(event).stream()
        .map(ValidationMessage::getMessage)
        .forEach(violations::add);
    undocumented(schema, event, "$", violations);
    return violations;
  }

  private static JsonSchema validator(JsonNode schema) {
    return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
        .getSchema(schema, SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build());
  }

  /** Receivers must bear new fields, so the schemas allow them; we must have documented ours. */
  private static void undocumented(
      JsonNode schema, JsonNode node, String path, List<String> violations) {
    if (node.isObject()) {
      node.properties()
          .forEach(
              field -> {
                String below = path + "." + field.getKey();
                JsonNode documented = schema.path("properties").path(field.getKey());
                if (documented.isMissingNode()) {
                  violations.add(below + " is not documented");
                } else if (!isFree(documented)) {
                  undocumented(documented, field.getValue(), below, violations);
                }
              });
    }
    for (int i = 0; node.isArray() && i < node.size(); i++) {
      undocumented(schema.path("items"), node.get(i), path + "[" + i + "]", violations);
    }
  }

  /** Whether a field may hold anything, because users have put it there. */
  static boolean isFree(JsonNode documented) {
    return documented.path("additionalProperties").asBoolean();
  }

  static JsonNode example(EventType type) {
    return read(FOLDER.resolve(type.word() + ".example.json"));
  }

  static JsonNode read(Path file) {
    try {
      return JSON.readTree(file.toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

package io.mediadrop.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is documented of each type of event. */
class EventSchemasTest {

  @ParameterizedTest
  @EnumSource
  void fitsItsExample(EventType type) {
    assertThat(EventSchemas.example(type).path("type").asText()).isEqualTo(type.word());
    assertThat(EventSchemas.violations(EventSchemas.example(type))).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void needsEachFieldOfItsExample(EventType type) {
    for (String field : names(EventSchemas.example(type))) {
      ObjectNode event = (ObjectNode) EventSchemas.example(type);
      event.remove(field);
      assertThat(EventSchemas.violations(event)).as("without " + field).isNotEmpty();
    }
    for (String field : names(EventSchemas.example(type).path("data"))) {
      ObjectNode event = (ObjectNode) EventSchemas.example(type);
      ((ObjectNode) event.get("data")).remove(field);
      assertThat(EventSchemas.violations(event)).as("without data." + field).isNotEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void hasNoValueOfAnotherKind(EventType type) {
    JsonNode schema = EventSchemas.read(EventSchemas.FOLDER.resolve(type.word() + ".schema.json"));
    for (String field : names(EventSchemas.example(type).path("data"))) {
      if (EventSchemas.isFree(schema.at("/properties/data/properties/" + field))) {
        continue;
      }
      ObjectNode event = (ObjectNode) EventSchemas.example(type);
      ((ObjectNode) event.get("data")).putObject(field).put("odd", true);
      assertThat(EventSchemas.violations(event)).as(field + " as an object").isNotEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void explainsEveryField(EventType type) {
    JsonNode schema = EventSchemas.read(EventSchemas.FOLDER.resolve(type.word() + ".schema.json"));
    JsonNode data = schema.path("properties").path("data").path("properties");
    assertThat(data.properties())
        .allSatisfy(
            field ->
                assertThat(field.getValue().path("description").asText())
                    .as(field.getKey())
                    .isNotBlank());
  }

  @Test
  void areThereForEachTypeAndNoOther() throws IOException {
    try (Stream<java.nio.file.Path> files = Files.list(EventSchemas.FOLDER)) {
      assertThat(files.map(file -> file.getFileName().toString()).filter(n -> !n.endsWith(".md")))
          .containsExactlyInAnyOrderElementsOf(
              Stream.of(EventType.values())
                  .flatMap(
                      type ->
                          Stream.of(type.word() + ".schema.json", type.word() + ".example.json"))
                  .toList());
    }
    assertThat(Files.readString(EventSchemas.FOLDER.resolve("README.md")))
        .contains(Stream.of(EventType.values()).map(EventType::word).toList());
  }

  private static List<String> names(JsonNode node) {
    List<String> names = new ArrayList<>();
    node.fieldNames().forEachRemaining(names::add);
    return names;
  }
}

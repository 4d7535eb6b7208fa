package io.mediadrop.lanefile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mediadrop.base.ConfigurationMistake;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LaneFileTest {

  private static final Map<String, LaneTemplate> TEMPLATES =
      Map.of(
          "folder-lane",
          new LaneTemplate("folder-lane", Map.of("directory", true, "recursive", false)));

  private static final String LANES =
      """
      # two lanes
      - templatedRoute:
          routeId: alice
          routeTemplateRef: folder-lane
          parameters:
            - name: directory
              value: "{{mediadrop.home}}/a"
            - name: recursive
              value: false
      - templatedRoute:
          routeId: bob
          routeTemplateRef: folder-lane
          parameters:
            - name: directory
              value: /b
      """;

  @TempDir Path folder;

  private LaneFile file(String text) throws IOException {
    Path file = folder.resolve("x.camel.yaml");
    Files.writeString(file, text);
    return new LaneFile(file, TEMPLATES);
  }

  @Test
  void givesTheLanesAsTheyAreWritten() throws IOException {
    assertThat(file(LANES).read())
        .extracting(LaneDefinition::name, LaneDefinition::line, LaneDefinition::parameters)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(
                "alice", 2, Map.of("directory", "{{mediadrop.home}}/a", "recursive", "false")),
            org.assertj.core.groups.Tuple.tuple("bob", 10, Map.of("directory", "/b")));
  }

  @Test
  void takesWhatEditorsOfWindowsWrite() throws IOException {
    assertThat(file("\uFEFF" + LANES.replace("\n", "\r\n")).read())
        .extracting(LaneDefinition::name)
        .containsExactly("alice", "bob");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "routeId: bob | routeId: Bob | 11 | the lane name (routeId) 'Bob' must match",
        "routeId: bob | routeId: alice | 10 | there are two lanes 'alice'",
        "routeId: bob | routeId: [ | 13 | it is no YAML",
        "routeId: bob | group: bob | 11 | a lane has no 'group'",
        "name: recursive | name: recursiv | 8 | has no parameter 'recursiv'",
        "name: recursive | name: directory | 8 | 'directory' is given twice",
        "value: /b | valu: /b | 14 | add value: of the parameter 'directory'",
        "value: false | value: {a: b} | 9 | add value:",
        "'- templatedRoute:\n    routeId: alice' | '- route:\n    id: x' | 2 | only lanes may stand here"
      })
  void namesTheLineOfAMistake(String from, String to, int line, String why) throws IOException {
    assertThat(LANES).contains(from);

    assertThatThrownBy(() -> file(LANES.replace(from, to)).read())
        .isInstanceOf(ConfigurationMistake.class)
        .hasMessageStartingWith(folder.resolve("x.camel.yaml") + ":" + line + ": ")
        .hasMessageContaining(why);
  }

  @ParameterizedTest
  @CsvSource({"'',1", "'# nothing\n',1", "'a: b\n',1", "'--- 1\n--- 2\n',2"})
  void refusesAFileWithoutLanes(String text, int line) {
    assertThatThrownBy(() -> file(text).read())
        .isInstanceOf(ConfigurationMistake.class)
        .hasMessageContaining("x.camel.yaml:" + line + ": ");
  }

  @Test
  void showsNoSecretWhenALaneIsPrinted() throws IOException {
    assertThat(file(LANES).read().get(1)).hasToString("bob");
  }
}

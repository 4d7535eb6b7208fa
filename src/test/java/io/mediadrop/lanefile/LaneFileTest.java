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
import org.junit.jupiter.params.provider.ValueSource;

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
        "value: /b | value: “/b” | 15 | “' is no quote in YAML: write \"",
        "value: /b | value: ‘/b: c’ | 15 | ‘' is no quote in YAML",
        "value: /b | value: \"/b” | 15 | ”' is no quote in YAML",
        "value: /b | value: «/b» | 15 | «' is no quote in YAML",
        "name: recursive | name: “recursive” | 8 | “' is no quote in YAML",
        "routeId: bob | routeId: ’bob’ | 11 | ’' is no quote in YAML",
        "value: /b | value: {{home}}/b | 15 | {{home}} without quotes",
        "value: /b | value: {{home}} | 15 | {{home}} without quotes",
        "value: /b | value: {{home:/b}}/c | 15 | {{home:/b}} without quotes",
        "value: /b | value: {{home/b | 15 | {{home/b without quotes",
        "value: /b | 'value: \"{{home/b\"' | 15 | }}' is missing",
        "value: /b | 'value: /a/{{home' | 15 | }}' is missing",
        "'      value: /b' | '\tvalue: /b' | 15 | it begins with a tab: indent",
        "'      value: /b' | '\u00A0\u00A0\u00A0\u00A0\u00A0\u00A0value: /b' | 15 | it begins with other blanks: indent",
        "value: /b | value: ~ | 15 | the value of 'directory' is empty: write one",
        "value: /b | 'value:' | 15 | the value of 'directory' is empty: write one",
        "value: /b | 'value: null' | 15 | the value of 'directory' is empty: write one",
        "value: /b | 'value: \" \"' | 15 | the value of 'directory' is empty: write one",
        "value: false | value: ~ | 9 | the value of 'recursive' is empty: write one, or leave the parameter out",
        "'- templatedRoute:\n    routeId: alice' | '- route:\n    id: x' | 2 | only lanes may stand here"
      })
  void namesTheLineOfAMistake(String from, String to, int line, String why) throws IOException {
    assertThat(LANES).contains(from);

    assertThatThrownBy(() -> file(LANES.replace(from, to)).read())
        .isInstanceOf(ConfigurationMistake.class)
        .hasMessageStartingWith(folder.resolve("x.camel.yaml") + ":" + line + ": ")
        .hasMessageContaining(why);
  }

  @Test
  void repeatsNoValueThatMayBeASecret() {
    for (String written : new String[] {"“hush”", "‘a: hush’", "\"hush”", "{{hu}}hush: {"}) {
      assertThatThrownBy(() -> file(LANES.replace("value: /b", "value: " + written)).read())
          .isInstanceOf(ConfigurationMistake.class)
          .hasMessageNotContaining("hush");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/Anna’s photos", "\"“best of”\"", "'/x/„a“'", "\"{{a}}/{{b:c}}\"", "/a/{{b}}"})
  void takesWhatIsWrittenInOrder(String written) throws IOException {
    assertThat(file(LANES.replace("value: /b", "value: " + written)).read()).hasSize(2);
  }

  @Test
  void saysThatAFileIsNotInUtf8() throws IOException {
    Path file = folder.resolve("x.camel.yaml");
    Files.write(file, LANES.replace("/b", "“/b”").getBytes("windows-1252"));

    assertThatThrownBy(() -> new LaneFile(file, TEMPLATES).read())
        .hasMessage(file + ":1: it is not in UTF-8: save it as plain text in UTF-8");
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

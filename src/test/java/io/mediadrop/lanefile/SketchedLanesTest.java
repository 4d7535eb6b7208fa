package io.mediadrop.lanefile;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** For which folders the lanes of a file are that is not right. */
class SketchedLanesTest {

  @TempDir Path folder;

  private Path file(String text) throws Exception {
    return Files.writeString(folder.resolve("alice.camel.yaml"), text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "- templatedRoute:\n    routeId: alice\n  - name: directory\n    value: /a b\n",
        "templatedRoute\n  routeId: alice\n- name: 'directory' # hers\n  value: '/a b' # here\n",
        "\uFEFF- templatedRoute:\n\t- name: \"directory\"\n\n\t  value: \"/a b\"\nx: [",
        "- routeId: alice\n- name: connectionId\n  value: {{x}}\n- name: directory\n  value: /a b # !",
        "- routeId: alice\n- name: directory\n  value: “/a b”\n",
        "- routeId: alice\n- name: directory\n  value: ‘/a b’ # hers\n",
        "- routeId: alice\n- name: directory\n  value: „/a b“\n",
        "#- templatedRoute:\n- routeTemplateRef: x\r\n- name: directory\r\n  value: /a b\r\n"
      })
  void canBeMadeOut(String text) throws Exception {
    assertThat(SketchedLanes.in(file(text)).orElseThrow())
        .extracting(lane -> lane.get("directory"))
        .containsExactly("/a b");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "# templatedRoute: /a",
        "- name: directory\n  value: /a\n",
        "- templatedRoute:\n    routeId: alice\n",
        "- templatedRoute:\n    - name: directry\n      value: /a\n",
        "- templatedRoute:\n    - name: directory\n      value:\n",
        "- templatedRoute:\n    - name: directory\n      value: ~\n",
        "- templatedRoute:\n    - name: directory\n      value: “/a\n",
        "- templatedRoute:\n    - name: directory\n      value: ”/a”\n",
        "- templatedRoute:\n    - name: directory\n      value: \"/a”\n",
        "- templatedRoute:\n    - name: directory\n      value: \"/a\n",
        "- templatedRoute:\n    - name: directory\n      value: |\n        /a\n",
        "- templatedRoute:\n    - name: directory\n      valu: /a\n    - name: x\n      value: /b\n",
        "- routeId: a\n- name: directory\n  value: /a\n- routeId: b\n- name: connectionId\n  value: c\n",
        "- routeId: a\n- routeId: b\n- name: directory\n  value: /b\n"
      })
  void cannotBeMadeOut(String text) throws Exception {
    assertThat(SketchedLanes.in(file(text))).isEmpty();
  }

  @Test
  void areToldApart() throws Exception {
    String two =
        """
        - templatedRoute:
            routeId: a
            parameters:
              - name: host
                value: nas
              - name: directory
                value: /a
        - templatedRoute:
            routeId: b
            parameter:
              - name: directory
                value: /b
        """;

    assertThat(SketchedLanes.in(file(two)).orElseThrow())
        .containsExactly(Map.of("host", "nas", "directory", "/a"), Map.of("directory", "/b"));
    assertThat(SketchedLanes.namesIn(file(two))).containsExactly("a", "b");
  }
}

package io.mediadrop.remote;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a server calls its files. */
class RemoteNamesTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ".",
        "..",
        "../../etc/cron.d/x",
        "a/b.jpg",
        "/etc/passwd",
        "a\\b.jpg",
        "a\nb.jpg",
        "a\u0000.jpg",
        "a\u007f.jpg",
        "a\u0085b.jpg",
        "a\uFFFD.jpg"
      })
  void cannotLeaveTheLanesFolderNorForgeALine(String name) {
    assertThat(RemoteNames.refusal(name, false)).isNotNull();
    assertThat(RemoteNames.refusal(name, true)).isNotNull();
  }

  @Test
  void mustFitIntoAFileSystem() {
    assertThat(RemoteNames.refusal("é".repeat(127) + "x", false)).isNull();
    assertThat(RemoteNames.refusal("é".repeat(128), false)).isNotNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"IMG 1.jpg", "what?.jpg", "*.jpg", "${x}{{y}}.jpg", "...", "é😀.mp4"})
  void areOtherwiseTakenAsTheyAre(String name) {
    assertThat(RemoteNames.refusal(name, false)).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"what?", "*"})
  void areNoPatternsForOtherFolders(String name) {
    assertThat(RemoteNames.refusal(name, true)).isNotNull();
  }
}

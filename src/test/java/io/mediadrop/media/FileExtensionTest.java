package io.mediadrop.media;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FileExtensionTest {

  @ParameterizedTest
  @CsvSource(
      nullValues = "none",
      value = {
        "image/jpeg, /a.png, .jpg",
        "IMAGE/PNG ; charset=x, /a, .png",
        "video/quicktime, /a.qt, .mov",
        "audio/mpeg, none, .mp3",
        "image/tiff, /a, .tiff",
        "application/octet-stream, /a.MP4, .mp4",
        "none, /a.b/c.webm, .webm",
        "none, /a.b/c, ''",
        "'', none, ''",
        "no type, /../..%2f.x, .x",
        "image/../../x, /a.jpg/, ''",
        "image/x-nobody-knows, /a.verylongextension, ''",
        "none, /a.j\u0000pg, ''"
      })
  void isThatOfTheTypeOrElseOfTheAddress(String type, String path, String extension) {
    assertThat(FileExtension.of(type, path)).isEqualTo(extension);
  }
}

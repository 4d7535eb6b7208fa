package io.mediadrop.media;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Whole media files of many kinds, as programs of others have written them. */
final class MediaSamples {

  /** Those that do not tell where they end: a stream, or what was written into a pipe. */
  private static final Set<String> UNTOLD =
      Set.of(
          "live.webm",
          "movie.m2ts",
          "movie.mpg",
          "movie.ts",
          "picture.jxl",
          "piped.wav",
          "sound.aac",
          "sound.ac3",
          "stream.mp3");

  private static final Path FOLDER = Path.of("src/test/resources/media");

  private MediaSamples() {}

  static List<Path> all() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files.filter(file -> !file.endsWith("README.md")).sorted().toList();
    }
  }

  static List<Path> thatTellTheirEnd() throws IOException {
    return all().stream().filter(file -> !UNTOLD.contains(file.getFileName().toString())).toList();
  }

  static byte[] bytes(String name) throws IOException {
    return Files.readAllBytes(FOLDER.resolve(name));
  }
}

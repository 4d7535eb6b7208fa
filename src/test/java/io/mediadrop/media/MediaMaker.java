package io.mediadrop.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Makes media of all kinds with the programs that people use. */
final class MediaMaker {

  /**
   * What was made.
   *
   * @param type what it has to be uploaded as
   * @param told whether it tells where it ends
   */
  record Made(Path file, String type, boolean told) {}

  private static final Map<String, String> PACKAGES =
      Map.of(
          "ffmpeg", "ffmpeg",
          "convert", "imagemagick",
          "heif-enc", "libheif-examples",
          "exiftool", "libimage-exiftool-perl");

  private final Path folder;

  MediaMaker(Path folder) {
    this.folder = folder;
  }

  /** Everything that {@code media-kinds.txt} lists. */
  List<Made> all() throws IOException, InterruptedException {
    run(
        "convert",
        "-size",
        "320x240",
        "-seed",
        "1",
        "plasma:tomato-steelblue",
        "-depth",
        "8",
        "base.png");
    run("convert", "base.png", "-strip", "base.jpg");
    run("convert", "base.png", "-resize", "80x60", "-strip", "small.jpg");
    List<Made> made = new ArrayList<>();
    for (String line : Files.readAllLines(Path.of("src/test/resources/media-kinds.txt"))) {
      if (!line.isBlank() && !line.startsWith("#")) {
        made.add(made(Arrays.asList(line.strip().split("\\s+"))));
      }
    }
    return made;
  }

  /** A line: what makes it, the file, its type, whether it tells its end, and arguments. */
  private Made made(List<String> line) throws IOException, InterruptedException {
    String target = line.get(1);
    Path file = folder.resolve(target.substring(target.indexOf(':') + 1));
    List<String> with = line.subList(4, line.size());
    switch (line.get(0)) {
      case "picture" -> run("convert", List.of("base.png"), with, target);
      case "heif" -> run("heif-enc", with, List.of("-q", "40", "base.png", "-o"), target);
      case "edited" -> run("exiftool", List.of("-q", "-o", target), with);
      case "video" ->
          run("ffmpeg", ffmpeg("testsrc2=size=320x240:rate=25:duration=2", TONE), with, target);
      case "moving" ->
          run("ffmpeg", ffmpeg("testsrc2=size=320x240:rate=25:duration=2"), with, target);
      case "audio" -> run("ffmpeg", ffmpeg(TONE), with, target);
      case "black" -> run("ffmpeg", ffmpeg(BLACK, SILENCE), with, target);
      case "blank" -> run("ffmpeg", ffmpeg(BLACK), with, target);
      case "silence" -> run("ffmpeg", ffmpeg(SILENCE), with, target);
      case "night" -> run("convert", List.of("-size", "1500x1500", "xc:black"), with, target);
      case "copied" -> Files.copy(folder.resolve(with.get(0)), file);
      case "followed" -> {
        Files.copy(folder.resolve(with.get(0)), file);
        Files.write(
            file,
            Arrays.copyOf(with.get(1).getBytes(StandardCharsets.UTF_8), 128),
            StandardOpenOption.APPEND);
      }
      default -> throw new IllegalArgumentException("nothing makes " + line);
    }
    return new Made(file, line.get(2), line.get(3).equals("told"));
  }

  private static final String BLACK = "color=black:size=640x360:rate=25:duration=2";
  private static final String SILENCE = "anullsrc=r=48000:cl=stereo";
  private static final String TONE = "sine=frequency=440:duration=2";

  private static List<String> ffmpeg(String... sources) {
    List<String> command = new ArrayList<>(List.of("-loglevel", "error", "-nostdin", "-y"));
    for (String source : sources) {
      command.addAll(List.of("-f", "lavfi", "-i", source));
    }
    return command;
  }

  private void run(String program, List<String> first, List<String> then, String target)
      throws IOException, InterruptedException {
    List<String> all = new ArrayList<>(first);
    all.addAll(then);
    all.add(target);
    run(program, all.toArray(String[]::new));
  }

  private void run(String program, List<String> first, List<String> then)
      throws IOException, InterruptedException {
    run(program, first, then.subList(0, then.size() - 1), then.get(then.size() - 1));
  }

  private void run(String program, String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(program));
    command.addAll(List.of(arguments));
    Path said = folder.resolve("said.txt");
    Process process;
    try {
      process =
          new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectOutput(said.toFile())
              .start();
    } catch (IOException e) {
      throw new UncheckedIOException(
          "%s is missing: apt-get install %s".formatted(program, PACKAGES.get(program)), e);
    }
    assertThat(process.waitFor(120, TimeUnit.SECONDS)).as("%s ends", command).isTrue();
    assertThat(process.exitValue())
        .as("%s: %s", command, Files.readString(said, StandardCharsets.ISO_8859_1))
        .isZero();
  }
}

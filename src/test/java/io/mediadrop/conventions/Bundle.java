package io.mediadrop.conventions;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The files of a route bundle that conventions speak about, below one folder. */
record Bundle(Path root) {

  List<Yaml> routes() {
    return yaml("routes");
  }

  List<Yaml> lanes() {
    return yaml("config/lanes");
  }

  /** Routes, then lanes. */
  List<Yaml> all() {
    return Stream.concat(routes().stream(), lanes().stream()).toList();
  }

  List<Setting> settings() {
    Path file = root.resolve("config/application.properties");
    return Files.exists(file) ? Setting.read(name(file), lines(file)) : List.of();
  }

  /** The lines of Java code, without comments. */
  List<CodeLine> code() {
    return files("src/main/java", ".java").flatMap(this::codeOf).toList();
  }

  private Stream<CodeLine> codeOf(Path file) {
    return CodeLine.of(name(file), lines(file));
  }

  private List<Yaml> yaml(String folder) {
    return files(folder, ".camel.yaml").map(file -> Yaml.read(root, file)).toList();
  }

  private Stream<Path> files(String folder, String suffix) {
    Path start = root.resolve(folder);
    if (!Files.isDirectory(start)) {
      return Stream.empty();
    }
    try (Stream<Path> found = Files.walk(start)) {
      return found
          .filter(file -> file.toString().endsWith(suffix))
          .sorted()
          .toList() // the folder is closed before its files are read
          .stream();
    } catch (IOException e) {
      throw new AssertionError(start + " cannot be read", e);
    }
  }

  private String name(Path file) {
    return root.relativize(file).toString();
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      throw new AssertionError(file + " cannot be read", e);
    }
  }
}

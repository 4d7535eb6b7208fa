package io.mediadrop.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The distribution in a folder where a test may change it; the libraries are the same. */
record DistributionCopy(Path path) implements AutoCloseable {

  static DistributionCopy in(Path folder) throws IOException {
    Path program = Files.createDirectory(folder.resolve("program"));
    try (Stream<Path> files = Files.walk(Launched.DISTRIBUTION)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path relative = Launched.DISTRIBUTION.relativize(file);
        if (!relative.startsWith("lib")) {
          Files.createDirectories(program.resolve(relative).getParent());
          Files.copy(file, program.resolve(relative));
        }
      }
    }
    Files.createSymbolicLink(program.resolve("lib"), Launched.DISTRIBUTION.resolve("lib"));
    return new DistributionCopy(program);
  }

  /** So that the folder can be deleted. */
  @Override
  public void close() {
    awaitNobodyIn(path);
  }

  /** An archive of classes that is made beside a run is given up within a second of it. */
  static void awaitNobodyIn(Path program) {
    Running.patiently()
        .until(
            () -> {
              try (Stream<Path> made = Files.list(program.resolve("cache"))) {
                return made.noneMatch(file -> file.getFileName().toString().startsWith("making-"));
              } catch (NoSuchFileException nothingWasMade) {
                return true;
              }
            });
  }
}

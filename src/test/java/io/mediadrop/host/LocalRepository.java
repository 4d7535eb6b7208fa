package io.mediadrop.host;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** This machine's Maven repository, but with the bundle that was just built, as if installed. */
final class LocalRepository {

  private static final Path MACHINE =
      Path.of(
          System.getProperty(
              "localRepository", System.getProperty("user.home") + "/.m2/repository"));

  private static final Path DISTRIBUTION =
      Path.of(System.getProperty("distribution", "target/mediadrop-0.1.0")).toAbsolutePath();

  private static final String GROUP = "mediadrop";

  /** The version of the bundle. */
  static final String VERSION = DISTRIBUTION.getFileName().toString().substring(GROUP.length() + 1);

  private LocalRepository() {}

  /**
   * Makes it in a folder that is not there yet. What Maven fetches meanwhile, the machine keeps.
   */
  static Path in(Path folder) throws IOException {
    linkAllBut("io", MACHINE, folder);
    linkAllBut(GROUP, MACHINE.resolve("io"), folder.resolve("io"));
    Path bundle =
        Files.createDirectories(folder.resolve("io/mediadrop/mediadrop").resolve(VERSION));
    String name = GROUP + "-" + VERSION;
    Files.copy(DISTRIBUTION.resolveSibling(name + ".jar"), bundle.resolve(name + ".jar"));
    Files.copy(Path.of("pom.xml"), bundle.resolve(name + ".pom"));
    return folder;
  }

  private static void linkAllBut(String name, Path from, Path to) throws IOException {
    Files.createDirectory(to);
    try (DirectoryStream<Path> entries =
        Files.newDirectoryStream(from, entry -> !entry.endsWith(name))) {
      for (Path entry : entries) {
        Files.createSymbolicLink(to.resolve(entry.getFileName()), entry);
      }
    }
  }
}

package io.mediadrop.file;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Asks a disk whether it takes a name. Nobody else knows: systems, servers and the programs between
 * refuse different ones, each in its own words, and some take a name and make another of it.
 */
final class NameTrial {

  /** What is in there is mediadrop's; a crash may leave it behind, and the next trial clears it. */
  private static final String FOLDER = ".mediadrop-trial";

  private static final String HARMLESS = "a";

  private NameTrial() {}

  /**
   * Whether the disk of a folder takes all of these names; empty where it takes nothing at all, so
   * that nobody can say.
   */
  static synchronized Optional<Boolean> answer(Path folder, List<String> names) {
    Path trial = folder.resolve(FOLDER);
    try {
      clear(trial);
      Files.createDirectories(trial);
      try {
        boolean all = takesAll(trial, names);
        return all || takes(trial, HARMLESS) ? Optional.of(all) : Optional.empty();
      } finally {
        clear(trial);
      }
    } catch (IOException e) {
      // the disk takes nothing, which is not the names' fault
      return Optional.empty();
    }
  }

  private static boolean takesAll(Path folder, List<String> names) throws IOException {
    for (String name : names) {
      if (!takes(folder, name)) {
        return false;
      }
    }
    return true;
  }

  private static boolean takes(Path folder, String name) throws IOException {
    try {
      Files.createFile(folder.resolve(name));
    } catch (IOException | InvalidPathException refused) {
      return false;
    }
    return listed(folder).stream().anyMatch(file -> composed(nameOf(file)).equals(composed(name)));
  }

  /** Some file systems keep accents apart from their letters; the name is the same then. */
  private static String composed(String name) {
    return Normalizer.normalize(name, Normalizer.Form.NFC);
  }

  private static String nameOf(Path file) {
    return file.getFileName().toString();
  }

  private static List<Path> listed(Path folder) throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      List<Path> listed = new ArrayList<>();
      files.forEach(listed::add);
      return listed;
    }
  }

  private static void clear(Path trial) throws IOException {
    if (Files.isDirectory(trial, LinkOption.NOFOLLOW_LINKS)) {
      for (Path file : listed(trial)) {
        Files.delete(file);
      }
      Files.delete(trial);
    }
  }
}

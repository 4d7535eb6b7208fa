package io.mediadrop.file;

import io.mediadrop.base.PassingTrouble;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Remembers which folders of the home lie on disks of their own: what is put into the plain folder
 * below a disk that is not mounted is out of sight once it is.
 */
final class OwnDisks {

  private static final String FILE = "own-disks";

  private OwnDisks() {}

  /**
   * Has a look, and remembers what there is now.
   *
   * @throws PassingTrouble if a folder lay on a disk of its own and is a plain folder now
   */
  static void requireThere(Home home) throws IOException {
    Path file = home.data().resolve(FILE);
    List<String> before = Files.exists(file) ? Files.readAllLines(file) : List.of();
    List<String> now =
        Stream.of(home.archive(), home.failed())
            .filter(folder -> isOnAnother(folder, home.root()))
            .map(folder -> folder.getFileName().toString())
            .toList();
    for (String name : before) {
      if (!now.contains(name)) {
        throw new PassingTrouble(
            "the home %s cannot be used at the moment: %s lay on a disk of its own and does not now: mount that disk; if it is to be a plain folder from here on, delete %s"
                .formatted(home.root(), home.root().resolve(name), file),
            null);
      }
    }
    if (!now.equals(before)) {
      SafeMove.replace(file, (String.join("\n", now) + "\n").getBytes(StandardCharsets.UTF_8));
    }
  }

  private static boolean isOnAnother(Path folder, Path root) {
    try {
      return !Files.getFileStore(folder).equals(Files.getFileStore(root));
    } catch (IOException e) {
      // where the system does not say there is nothing to remember
      return false;
    }
  }
}

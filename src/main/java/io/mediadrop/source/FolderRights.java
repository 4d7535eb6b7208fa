package io.mediadrop.source;

import io.mediadrop.ConfigurationMistake;
import io.mediadrop.archive.Home;
import io.mediadrop.lane.Lane;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/** Tries in a lane's folder what will be done there later: create, rename and delete. */
final class FolderRights {

  private FolderRights() {}

  /**
   * Passes if the folder can be worked in, which the lane is told; one inside the home is created.
   *
   * @throws ConfigurationMistake if it is missing, no folder, or lacks a right
   */
  static void require(Lane lane, Home home) {
    Path folder = lane.directory();
    try {
      if (folder.startsWith(home.root())) {
        Files.createDirectories(folder);
      }
    } catch (IOException e) {
      throw mistake(lane, "cannot be created: put a folder there that mediadrop may write", e);
    }
    if (!Files.isDirectory(folder)) {
      throw mistake(
          lane, Files.exists(folder) ? "is no folder" : "does not exist: create it", null);
    }
    tryRights(lane, folder);
    try {
      lane.found(new MountedFolder(folder));
    } catch (IOException e) {
      throw mistake(lane, "cannot be looked at: bring it back", e);
    }
  }

  private static void tryRights(Lane lane, Path folder) {
    Path trial = folder.resolve(".mediadrop-" + UUID.randomUUID());
    Path renamed = folder.resolve(trial.getFileName() + "~");
    try {
      Files.createFile(trial);
      Files.move(trial, renamed);
      Files.delete(renamed);
    } catch (IOException e) {
      throw mistake(
          lane,
          "cannot be worked in: give this user the rights to create, rename and delete there",
          e);
    }
  }

  private static ConfigurationMistake mistake(Lane lane, String wrong, IOException cause) {
    return new ConfigurationMistake(
        "lane %s: the folder %s %s".formatted(lane, lane.directory(), wrong), cause);
  }
}

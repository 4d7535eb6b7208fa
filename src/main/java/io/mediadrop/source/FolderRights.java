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
   * @throws ConfigurationMistake if it is missing, no folder, lacks a right, or has or is a folder
   *     that mediadrop itself works in
   */
  static void require(Lane lane, Home home) {
    Path folder = lane.directory();
    requireApart(lane, home);
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

  /** What mediadrop itself writes would be taken for dropped files, the ledger among them. */
  private static void requireApart(Lane lane, Home home) {
    try {
      for (Path own : new Path[] {home.data(), home.archive(), home.failed(), home.root()}) {
        Path place = own.toRealPath();
        boolean within = !own.equals(home.root()) && lane.place().startsWith(place);
        if (within || place.startsWith(lane.place())) {
          throw mistake(
              lane,
              "%s %s, where mediadrop keeps its own files: watch a folder of its own, such as %s"
                  .formatted(
                      within ? "lies in" : "contains",
                      own,
                      home.root().resolve("creators").resolve(lane.name())),
              null);
        }
      }
    } catch (IOException e) {
      throw mistake(lane, "cannot be compared with the home's own folders: bring those back", e);
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

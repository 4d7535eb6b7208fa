package io.mediadrop.source;

import io.mediadrop.base.ConfigurationMistake;
import io.mediadrop.base.PassingTrouble;
import io.mediadrop.file.Home;
import io.mediadrop.file.MountedFolder;
import io.mediadrop.lane.Lane;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tries in a lane's folder what will be done there later: create, rename and delete. */
final class FolderRights {

  private static final Logger LOG = LoggerFactory.getLogger("mediadrop.lane");

  private FolderRights() {}

  /**
   * Passes if the folder can be worked in, which the lane is told; one inside the home is created.
   *
   * @throws ConfigurationMistake if it is no folder, or has or is one that mediadrop itself works
   *     in
   * @throws PassingTrouble if it is missing, as before its share is mounted, or cannot be worked
   *     in, as in the place of a disk that is away
   */
  static void require(Lane lane, Home home) {
    Path folder = lane.directory();
    requireApart(lane, home);
    try {
      if (folder.startsWith(home.root())) {
        Files.createDirectories(folder);
      }
    } catch (FileAlreadyExistsException e) {
      LOG.debug("{} is no folder, or a link to one that is away", folder, e);
    } catch (IOException e) {
      throw trouble(lane, "cannot be created: put a folder there that mediadrop may write", e);
    }
    if (!Files.isDirectory(folder) && Files.exists(folder)) {
      throw mistake(lane, "is no folder");
    }
    if (!Files.isDirectory(folder)) {
      throw trouble(lane, "does not exist: create it, or mount its disk or share", null);
    }
    tryRights(lane, home);
    try {
      lane.found(new MountedFolder(folder));
    } catch (IOException e) {
      throw trouble(lane, "cannot be looked at: bring it back", e);
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
                      home.root().resolve("creators").resolve(lane.name())));
        }
      }
    } catch (IOException e) {
      throw trouble(lane, "cannot be compared with the home's own folders: bring those back", e);
    }
  }

  /** What a crash has left of an earlier trial of this home has the same name. */
  private static void tryRights(Lane lane, Home home) {
    byte[] whose = home.root().toString().getBytes(StandardCharsets.UTF_8);
    Path trial = lane.directory().resolve(".mediadrop-" + UUID.nameUUIDFromBytes(whose));
    Path renamed = trial.resolveSibling(trial.getFileName() + "~");
    try {
      Files.deleteIfExists(renamed);
      Files.deleteIfExists(trial);
      Files.createFile(trial);
      Files.move(trial, renamed);
      Files.delete(renamed);
    } catch (IOException e) {
      throw trouble(
          lane,
          "cannot be worked in: give this user the rights to create, rename and delete there, or"
              + " mount its disk or share",
          e);
    }
  }

  private static ConfigurationMistake mistake(Lane lane, String wrong) {
    return new ConfigurationMistake(told(lane, wrong));
  }

  private static PassingTrouble trouble(Lane lane, String wrong, IOException cause) {
    return new PassingTrouble(told(lane, wrong), cause);
  }

  private static String told(Lane lane, String wrong) {
    return "lane %s: the folder %s %s".formatted(lane, lane.directory(), wrong);
  }
}

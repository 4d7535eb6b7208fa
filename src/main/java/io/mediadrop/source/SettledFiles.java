package io.mediadrop.source;

import io.mediadrop.ConfigurationMistake;
import io.mediadrop.Quantity;
import io.mediadrop.archive.Home;
import io.mediadrop.lane.Lane;
import io.mediadrop.lane.Lanes;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.component.file.GenericFile;
import org.apache.camel.component.file.GenericFileFilter;
import org.apache.camel.spi.PollingConsumerPollStrategy;

/**
 * Lets a file through once its stamp has stayed the same for the settle time, by our own monotonic
 * clock and over whole listings: no file is waited for, and no timestamp is trusted.
 *
 * <p>The filter sees one file at a time, the poll strategy when a listing begins and ends. Together
 * they remember the last listing, from which the files of the next one are chosen. Whatever is not
 * to be taken is named once.
 */
public class SettledFiles implements GenericFileFilter<File>, PollingConsumerPollStrategy {

  /** What Java puts in the place of bytes that are no characters. */
  private static final String UNREADABLE = "\uFFFD";

  private final Strays strays = new Strays();
  private Lane lane;
  private Lanes lanes;
  private Home home;
  private Intake intake;
  private IgnoredNames ignoredNames;
  private Sightings sightings;

  /**
   * Makes sure that the lane can do its work in the folder.
   *
   * @throws ConfigurationMistake if it cannot
   */
  public void open() {
    FolderRights.require(lane, home);
    lane.pause().forget();
  }

  @Override
  public boolean begin(Consumer consumer, Endpoint endpoint) {
    if (!intake.isOpen() || lane.pause().isOn()) {
      return false;
    }
    Path folder = lane.directory();
    if (!Files.isDirectory(folder) || !Files.isReadable(folder)) {
      return strays.alarm(folder, "the folder is gone or cannot be listed: bring it back");
    }
    if (!lane.isThere()) {
      return strays.alarm(
          folder, "it lies on another disk than at the start: mount that one again");
    }
    sightings.begin(lane.hand().room(), lane.hand()::isFree);
    return true;
  }

  @Override
  public boolean accept(GenericFile<File> file) {
    try {
      Path path = pathOf(file);
      if (!file.isDirectory() && ignoredNames.ignores(file.getFileNameOnly())) {
        return false;
      }
      FileStamp stamp = FileStamp.of(path);
      return switch (stamp.kind()) {
        case DIRECTORY -> !lanes.isAnothers(path, lane) && canBeWorkedIn(path);
        case FILE -> see(path, stamp);
        case LINK -> strays.leave(path, "it is a link; put the file itself here");
        case SPECIAL -> strays.leave(path, "it is no regular file");
      };
    } catch (NoSuchFileException e) {
      return file.getFileNameOnly().contains(UNREADABLE)
          && strays.leave(pathOf(file), "its name is not in UTF-8: rename it");
    } catch (InvalidPathException e) {
      return strays.leave(
          lane.directory(), "the name of a file in it cannot be read: run with a UTF-8 locale");
    } catch (IOException e) {
      return strays.leave(pathOf(file), "it cannot be looked at: " + e);
    }
  }

  private boolean canBeWorkedIn(Path folder) {
    return Files.isReadable(folder) && Files.isWritable(folder) && Files.isExecutable(folder)
        || strays.leave(folder, "give this user the rights to list the folder and to move files");
  }

  private boolean see(Path path, FileStamp stamp) {
    if (sightings.hasChanged(path, stamp)) {
      lane.hand().waitNoLonger(path);
    }
    boolean letThrough = sightings.see(path, stamp);
    return sightings.isStuck(path)
        ? strays.leave(path, "it cannot be read: give this user the right to")
        : letThrough;
  }

  /** Where the file lies, in the one spelling that is used for it everywhere. */
  static Path pathOf(GenericFile<File> file) {
    return file.getFile().toPath().toAbsolutePath().normalize();
  }

  /** A file that was let through, as it was seen to have settled. */
  DroppedFile handOver(Path path) {
    return new DroppedFile(lane, path, sightings.stampOf(path), sightings.unchangedFor(path));
  }

  @Override
  public void commit(Consumer consumer, Endpoint endpoint, int polledMessages) {
    lane.hand().forgetAllBut(sightings.end());
    strays.endOfListing();
  }

  @Override
  public boolean rollback(Consumer consumer, Endpoint endpoint, int retries, Exception cause) {
    strays.leave(lane.directory(), "it cannot be listed: " + cause.getMessage());
    return false;
  }

  public void setLane(Lane lane) {
    this.lane = lane;
  }

  public void setLanes(Lanes lanes) {
    this.lanes = lanes;
  }

  public void setHome(Home home) {
    this.home = home;
  }

  public void setIntake(Intake intake) {
    this.intake = intake;
  }

  public void setIgnoredNames(IgnoredNames ignoredNames) {
    this.ignoredNames = ignoredNames;
  }

  public void setSettle(String settle) {
    sightings = new Sightings(System::nanoTime, Quantity.time(settle), Files::isReadable);
  }
}

package io.mediadrop.source;

import io.mediadrop.archive.Archive;
import io.mediadrop.archive.CompanionFiling;
import io.mediadrop.file.FileStamp;
import io.mediadrop.lane.Lane;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where a lane's files are on this machine, and where what belongs to them is put. */
class LanePlace implements SidecarRounds.Place, CompanionRounds.Place, HeldBack.Content {

  private static final Logger LOG = LoggerFactory.getLogger("mediadrop.lane");

  private final Lane lane;
  private final Archive archive;

  LanePlace(Lane lane, Archive archive) {
    this.lane = lane;
    this.archive = archive;
  }

  @Override
  public CompanionFiling.Outcome takeAlong(Path companion, FileStamp stamp) throws IOException {
    String path = lane.directory().relativize(companion).toString();
    return archive.companions().take(lane.name(), path, companion, stamp);
  }

  @Override
  public void putAway(Path orphan) throws IOException {
    archive.orphanSidecars().take(lane, orphan);
  }

  @Override
  public Path shown(Path file) {
    return file;
  }

  @Override
  public InputStream of(Path below) throws IOException {
    try {
      return Files.newInputStream(lane.directory().resolve(below), LinkOption.NOFOLLOW_LINKS);
    } catch (NoSuchFileException | AccessDeniedException e) {
      LOG.debug("{} cannot be read", below, e);
      return null;
    }
  }
}

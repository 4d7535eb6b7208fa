package io.mediadrop.file;

import io.mediadrop.base.Printable;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says once about each thing in a watched folder that it will not be taken, and why. */
public class Strays {

  private static final Logger LOG = LoggerFactory.getLogger("mediadrop.lane");

  private Set<Path> known = new HashSet<>();
  private Set<Path> present = new HashSet<>();
  private boolean alarmed;

  /** Warns unless that was done already; false, since the thing is not to be taken. */
  public boolean leave(Path path, String reason) {
    present.add(path);
    if (known.add(path)) {
      LOG.warn("{} is left where it is: {}", Printable.of(path), Printable.of(reason));
    }
    return false;
  }

  /** The same for what a person wants to be left where it is. */
  boolean mention(Path path, String reason) {
    present.add(path);
    if (known.add(path)) {
      LOG.info("{} is left where it is: {}", Printable.of(path), Printable.of(reason));
    }
    return false;
  }

  /** The same as a warning for the watched folder itself, which keeps all its files waiting. */
  public boolean alarm(Path folder, String reason) {
    if (!alarmed) {
      alarmed = true;
      LOG.error("{} is not watched: {}", Printable.of(folder), Printable.of(reason));
    }
    return false;
  }

  /** Forgets what has gone, so that it is named again should it return. */
  public void endOfListing() {
    alarmed = false;
    known = present;
    present = new HashSet<>();
  }
}

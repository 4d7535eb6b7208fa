package io.mediadrop.source;

import io.mediadrop.lane.FilesInHand;
import org.apache.camel.spi.IdempotentRepository;

/**
 * Leaves it to {@link FilesInHand} which files are being worked on. Camel's own memory of them
 * never lets go of a name with a backslash, and forgets files beyond 50,000.
 */
public class NothingInProgress implements IdempotentRepository {

  @Override
  public boolean add(String path) {
    return true;
  }

  @Override
  public boolean contains(String path) {
    return false;
  }

  @Override
  public boolean remove(String path) {
    return true;
  }

  @Override
  public boolean confirm(String path) {
    return true;
  }

  @Override
  public void clear() {
    // nothing is remembered
  }

  @Override
  public void start() {
    // nothing to open
  }

  @Override
  public void stop() {
    // nothing to close
  }
}

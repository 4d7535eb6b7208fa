package io.mediadrop.lane;

import java.nio.file.Path;

/** Which of the folders below a lane's are its own, where other lanes have some there, too. */
public class FolderOwnership {

  private final Lane lane;
  private final Lanes lanes;
  private final OwnFolders named;
  private volatile String connection;

  /**
   * The lane's folder has not been entered yet.
   *
   * @param named the folders that the lane itself says are its own
   */
  FolderOwnership(Lane lane, Lanes lanes, OwnFolders named) {
    this.lane = lane;
    this.lanes = lanes;
    this.named = named;
  }

  /** Whose a folder is, given by its path below the lane's; null for the lane's own. */
  public Ownership of(Path folder) {
    return folder == null ? Ownership.OWN : lanes.ownershipOf(lane.place().resolve(folder), lane);
  }

  /** Whether files of such a folder may be begun: it is known whose they are. */
  public boolean mayTakeFrom(Path folder) {
    return folder == null || lanes.areKnown() && of(folder) == Ownership.OWN;
  }

  /** Why nothing is taken from a folder below the lane's that is nobody's, and what to do. */
  public String nobodys(Path folder) {
    return ("other lanes have folders in %s, and it is not said whose this one is: write a lane for"
            + " it, or, if its files are for lane %s, give that lane the parameter ownFolders with"
            + " the value '%s'")
        .formatted(lane.watches(), lane.name(), folder);
  }

  /** Whether the lane itself says that a place below its folder is its own. */
  boolean names(Path below) {
    return named.has(lane.place().relativize(below));
  }

  /** Whether the lane works for the connection of this fingerprint, as far as it is known. */
  boolean isFor(String fingerprint) {
    return fingerprint.equals(connection);
  }

  /**
   * The lane works for the connection of this fingerprint, and its folder is its own from now on.
   */
  public void enter(String fingerprint) {
    connection = fingerprint;
    lanes.keep(lane.place(), lane.name(), fingerprint);
  }
}

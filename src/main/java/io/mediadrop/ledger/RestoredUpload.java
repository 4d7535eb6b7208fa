package io.mediadrop.ledger;

import io.mediadrop.drop.AssetRecord;
import io.mediadrop.drop.UploadPlan;
import io.mediadrop.drop.Uploaded;
import java.util.List;

/**
 * An upload as its receipt tells it, for a ledger that does not have it.
 *
 * @param id the drop's in this ledger
 * @param first the drop that brought the same content first in this ledger, or null
 * @param uploaded what is known of it
 * @param plan which parts it was sent in, as far as their sizes go
 * @param modified last modification of the original, nanoseconds since the epoch; 0 if it is gone
 * @param assets what became of the files behind its items
 * @param companions what was put beside it
 */
public record RestoredUpload(
    long id,
    Long first,
    Uploaded uploaded,
    UploadPlan plan,
    long modified,
    List<AssetRecord> assets,
    List<PlacedCompanion> companions) {

  /**
   * A companion at its place.
   *
   * @param size in bytes
   * @param modified last modification, nanoseconds since the epoch
   */
  public record PlacedCompanion(Companion companion, long size, long modified) {}

  /** The same upload under other ids, where those that it had are others' by now. */
  RestoredUpload as(long other, Long otherFirst) {
    return new RestoredUpload(other, otherFirst, uploaded, plan, modified, assets, companions);
  }
}

package io.mediadrop.drop;

/**
 * What became of the file behind one item of an answer.
 *
 * @param item the item's name
 * @param place where it is, or is about to be, below the archive; null if it was not fetched
 * @param size in bytes
 * @param archived whether the archive endpoint has it
 * @param refused why it will not be fetched; null if nothing speaks against it
 * @param refusedUrl the sha-256 of the address for which that holds
 */
public record AssetRecord(
    String item, String place, long size, boolean archived, String refused, String refusedUrl) {

  /** Whether it was fetched whole, and nobody knows whether the archive endpoint has it. */
  public boolean isOnItsWay() {
    return place != null && !archived;
  }
}

package io.mediadrop.ledger;

/**
 * The drop of a media file that has companions.
 *
 * @param id the drop's
 * @param path the file's below its lane's folder
 * @param contentType as what it was sent; null if it was not
 * @param putAway whether it is where it was to go, and not on its way there
 * @param failed whether it lies among the refused files
 * @param place where it lies, below those or below the archive
 * @param claimedAt when it was taken, milliseconds since the epoch
 */
public record CompanionsMedia(
    long id,
    String path,
    String contentType,
    boolean putAway,
    boolean failed,
    String place,
    long claimedAt) {

  /** The file's name, as it was dropped. */
  public String name() {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  /** Whether it is a film, which has other companions than a photo. */
  boolean isVideo() {
    return contentType != null && contentType.startsWith("video/");
  }
}

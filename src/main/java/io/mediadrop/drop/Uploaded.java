package io.mediadrop.drop;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A drop that the API has, with everything that is told about it.
 *
 * @param id the drop's
 * @param lane the lane's name
 * @param connection the connection's mark in the ledger
 * @param file the path below the lane's folder
 * @param size in bytes
 * @param checksum md5 of the file in hex, or of its parts with their number ({@code hex-n})
 * @param contentType as it was sent
 * @param mediaUploadId the upload session's
 * @param answer the API's last answer, whole
 * @param archivePath the original's place below the archive
 * @param attempts how often the upload was begun
 * @param adopted whether the API was found to have it already after a doubt
 * @param superseded whether the file changed while it was sent, so that it is uploaded anew
 * @param resent how often it was sent anew after a doubt that the API could not settle; each time
 *     the API may have got one more copy
 * @param duplicateOf the drop that brought the same content first, or null
 * @param claimedAt milliseconds since the epoch
 * @param uploadedAt milliseconds since the epoch
 * @param givenUpAt when the API was asked in vain for a ready media for the last time, milliseconds
 *     since the epoch; null if it was not given up
 * @param sidecar what stood beside it when it was claimed; null if there was nothing
 */
public record Uploaded(
    long id,
    String lane,
    String connection,
    String file,
    long size,
    String checksum,
    String contentType,
    String mediaUploadId,
    JsonNode answer,
    String archivePath,
    int attempts,
    boolean adopted,
    boolean superseded,
    int resent,
    Long duplicateOf,
    long claimedAt,
    long uploadedAt,
    Long givenUpAt,
    Sidecar sidecar) {

  /** What is known of an upload at once, which is enough to split its answer. */
  public static Uploaded of(Drop drop, JsonNode answer) {
    return new Uploaded(
        drop.id(),
        drop.lane(),
        drop.connection(),
        drop.path(),
        drop.size(),
        null,
        drop.contentType(),
        drop.plan() == null ? null : drop.plan().mediaUploadId(),
        answer,
        drop.archivePath(),
        drop.attempts(),
        false,
        drop.tainted(),
        0,
        null,
        0,
        0,
        null,
        drop.sidecar());
  }

  /** The media in the answer; a missing node if there is none. */
  public JsonNode media() {
    return answer.path("media");
  }

  /** Whether it was sent in parts, and its checksum is that of those. */
  public boolean isInParts() {
    return checksum != null && checksum.contains("-");
  }

  /** The same upload with its media as the API has it by now. */
  public Uploaded with(JsonNode media) {
    ObjectNode newer = answer.deepCopy();
    newer.set("media", media);
    return with(newer, givenUpAt);
  }

  /** The same upload, for whose media the API is not asked after this time. */
  public Uploaded givenUp(long time) {
    return with(answer, time);
  }

  private Uploaded with(JsonNode newer, Long end) {
    return new Uploaded(
        id,
        lane,
        connection,
        file,
        size,
        checksum,
        contentType,
        mediaUploadId,
        newer,
        archivePath,
        attempts,
        adopted,
        superseded,
        resent,
        duplicateOf,
        claimedAt,
        uploadedAt,
        end,
        sidecar);
  }
}

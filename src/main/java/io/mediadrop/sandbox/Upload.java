package io.mediadrop.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;

/**
 * A finished upload: what the oracle knows of it.
 *
 * @param name the filename announced at init
 * @param size bytes stored
 * @param sha256 of the stored bytes, hexadecimal; null if not computed
 * @param md5 of the stored bytes, hexadecimal; null if not computed
 * @param etag what check finds it by
 * @param connection the connection's id
 * @param mediaId the number of its media object, whether or not that is visible yet
 * @param parts how many parts it was sent in; 0 = whole
 */
public record Upload(
    String name,
    long size,
    String sha256,
    String md5,
    String etag,
    String contentType,
    String connection,
    String mediaUploadId,
    long mediaId,
    int parts,
    Instant finishedAt) {

  /** Whether it came in one PUT that finished it, without complete. */
  public boolean whole() {
    return parts == 0;
  }

  ObjectNode json() {
    return Json.object()
        .put("name", name)
        .put("size", size)
        .put("sha256", sha256)
        .put("md5", md5)
        .put("etag", etag)
        .put("contentType", contentType)
        .put("connection", connection)
        .put("mediaUploadId", mediaUploadId)
        .put("mediaId", mediaId)
        .put("parts", parts)
        .put("finishedAt", finishedAt.toString());
  }
}

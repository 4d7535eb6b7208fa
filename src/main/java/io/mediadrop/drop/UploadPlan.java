package io.mediadrop.drop;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.List;

/**
 * An upload session as the API has opened it: how the file is to be sent.
 *
 * @param mediaUploadId names the session
 * @param whole whether one PUT of the whole file ends the upload, without a call to complete
 * @param parts what is to be sent where, in the order of the file; exactly one when whole
 * @param completeUrl where to say that all parts are there, absolute
 * @param expiresAt when the session ends, milliseconds since the epoch; 0 when the API did not say
 */
public record UploadPlan(
    String mediaUploadId, boolean whole, List<Part> parts, String completeUrl, long expiresAt) {

  /** The one part of a plan for the whole file. */
  @JsonIgnore
  public Part only() {
    return parts.get(0);
  }

  /** Whether the session has ended by this time, in milliseconds since the epoch. */
  public boolean hasExpired(long now) {
    return expiresAt != 0 && expiresAt <= now;
  }

  /** The number of parts. */
  @JsonIgnore
  public int size() {
    return parts.size();
  }
}

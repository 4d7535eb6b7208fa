package io.mediadrop.drop;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mediadrop.file.FileStamp;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * What stood beside a media file when it was claimed.
 *
 * @param reference the user's own name for the file; null if there is none
 * @param data whatever else is to be passed through; null if there is nothing
 * @param mediaUploadId the upload session to use; null for one of mediadrop's own
 * @param mistake what is wrong with it, so that nothing of it counts; null if it is right
 * @param size of the sidecar in bytes
 * @param modified its last modification, nanoseconds since the epoch
 */
public record Sidecar(
    String reference,
    JsonNode data,
    String mediaUploadId,
    SidecarMistake mistake,
    long size,
    long modified) {

  /** JSON's null is no data. */
  public Sidecar {
    data = data == null || data.isNull() ? null : data;
  }

  /** Whether the file at a path is the one that was read, as far as size and time tell. */
  public boolean isAt(Path path) throws IOException {
    try {
      return isLike(FileStamp.of(path));
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  /** Whether a file with this stamp, which may be null for none, is the one that was read. */
  public boolean isLike(FileStamp stamp) {
    return stamp != null
        && stamp.kind() == FileStamp.Kind.FILE
        && stamp.size() == size
        && stamp.modified() == modified;
  }

  /** Adds what is passed through to what is told of a file; nulls where it had no sidecar. */
  public static void addTo(ObjectNode told, Sidecar sidecar) {
    told.put("reference", sidecar == null ? null : sidecar.reference);
    told.set("data", sidecar == null ? null : sidecar.data);
  }
}

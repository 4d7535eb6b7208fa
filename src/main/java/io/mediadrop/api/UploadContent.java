package io.mediadrop.api;

import io.mediadrop.lane.Place;
import io.mediadrop.ledger.Drop;
import io.mediadrop.media.ContentType;
import io.mediadrop.source.DroppedFile;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.camel.Variable;

/** Makes the bodies of the upload calls. */
public class UploadContent {

  private boolean hashing = true;

  /** What the file is sent as, by its name and its first bytes. */
  public String type(@Variable("drop") Drop drop) throws IOException {
    return ContentType.of(drop.source()).type();
  }

  /** Asks for an upload session; says nothing that is not known. */
  public Map<String, Object> session(
      @Variable("drop") Drop drop, @Variable("contentType") String contentType) {
    Map<String, Object> request = new LinkedHashMap<>();
    request.put("filename", drop.name());
    request.put("size", drop.size());
    request.put("contentType", contentType);
    return request;
  }

  /** The whole file. */
  public FileRange whole(
      @Variable("drop") Drop drop,
      @Variable("file") DroppedFile file,
      @Variable("place") Place place) {
    return range(drop, file, 0, drop.size(), place);
  }

  /** The bytes of one part. */
  public FileRange part(
      @Variable("drop") Drop drop,
      @Variable("file") DroppedFile file,
      @Variable("part") Part part,
      @Variable("place") Place place) {
    return range(drop, file, part.offset(), part.length(), place);
  }

  private FileRange range(Drop drop, DroppedFile file, long offset, long length, Place place) {
    return new FileRange(
        drop.source(), offset, length, drop.contentType(), hashing, file.stamp(), place);
  }

  /** Says that all parts are there. */
  public Map<String, Object> completion(@Variable("drop") Drop drop) {
    return Map.of("mediaUploadId", drop.plan().mediaUploadId());
  }

  /** {@code md5}: of everything that is sent; {@code off}: none. */
  public void setChecksum(String checksum) {
    hashing = checksum.equals("md5");
  }
}

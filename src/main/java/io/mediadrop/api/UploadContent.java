package io.mediadrop.api;

import io.mediadrop.drop.Drop;
import io.mediadrop.drop.Part;
import io.mediadrop.lane.DroppedFile;
import io.mediadrop.lane.Place;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.camel.Body;
import org.apache.camel.Variable;
import org.apache.hc.core5.http.HttpEntity;

/** Makes the bodies of the upload calls. */
public class UploadContent {

  /** Of the longest plan: 20,000 parts with signed addresses, or 100,000 with plain ones. */
  private static final int LONGEST_PLAN = 32 << 20;

  private boolean hashing = true;
  private Checksums checksums;

  /** Asks for an upload session; says nothing that is not known. */
  public Map<String, Object> session(
      @Variable("drop") Drop drop, @Variable("contentType") String contentType) {
    Map<String, Object> request = new LinkedHashMap<>();
    request.put("filename", drop.name());
    request.put("size", drop.size());
    request.put("contentType", contentType);
    return request;
  }

  /** The call that asks for a session: the answer to it lists all parts of the file. */
  public HttpEntity opening(@Body byte[] json) {
    return new CallAboutFile(json, 0, LONGEST_PLAN);
  }

  /** The call that completes the upload: the API may put the parts together before it answers. */
  public HttpEntity completing(@Body byte[] json, @Variable("drop") Drop drop) {
    return new CallAboutFile(json, drop.size(), CallGuard.LARGEST_ANSWER);
  }

  /** The whole file, which need not be hashed again if that was done just now. */
  public FileRange whole(
      @Variable("drop") Drop drop,
      @Variable("file") DroppedFile file,
      @Variable("place") Place place) {
    String md5 = checksums.known(drop.source(), file.stamp());
    return range(drop, file, 0, drop.size(), md5, place);
  }

  /** The bytes of one part. */
  public FileRange part(
      @Variable("drop") Drop drop,
      @Variable("file") DroppedFile file,
      @Variable("part") Part part,
      @Variable("place") Place place) {
    return range(drop, file, part.offset(), part.length(), null, place);
  }

  private FileRange range(
      Drop drop, DroppedFile file, long offset, long length, String md5, Place place) {
    return new FileRange(
        drop.source(), offset, length, drop.contentType(), hashing, file.stamp(), md5, place);
  }

  /** Says that all parts are there. */
  public Map<String, Object> completion(@Variable("drop") Drop drop) {
    return Map.of("mediaUploadId", drop.plan().mediaUploadId());
  }

  public void setChecksums(Checksums checksums) {
    this.checksums = checksums;
  }

  /** {@code md5}: of everything that is sent; {@code off}: none. */
  public void setChecksum(String checksum) {
    hashing = checksum.equals("md5");
  }
}

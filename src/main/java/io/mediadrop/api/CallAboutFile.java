package io.mediadrop.api;

import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;

/**
 * The JSON of a call about a file, which is short whatever the file is. What the API makes of it
 * need not be: it may have a large file to put together, or the parts of one to list.
 */
class CallAboutFile extends ByteArrayEntity {

  private final long stored;
  private final int largestAnswer;
  private final String checksum;

  /**
   * A call about a file.
   *
   * @param stored how many bytes the API may have to store before it answers
   * @param largestAnswer how long, in bytes, the answer may be
   * @param checksum of what was sent of the file before it; null if that is not known
   */
  CallAboutFile(byte[] json, long stored, int largestAnswer, String checksum) {
    super(json, ContentType.APPLICATION_JSON);
    this.stored = stored;
    this.largestAnswer = largestAnswer;
    this.checksum = checksum;
  }

  long stored() {
    return stored;
  }

  int largestAnswer() {
    return largestAnswer;
  }

  String checksum() {
    return checksum;
  }
}

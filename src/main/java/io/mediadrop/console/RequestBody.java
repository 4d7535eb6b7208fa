package io.mediadrop.console;

import java.io.IOException;
import java.io.InputStream;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.HttpEntity;

/** Reads what comes with a request, up to a limit. */
final class RequestBody {

  /** What one asks the console to do is short, in bytes. */
  static final int LIMIT = 64 << 10;

  /** So much of what is too long is thrown away, so that the client gets to hear that it is. */
  private static final long PATIENCE = 16 << 20;

  private RequestBody() {}

  /** Whether it says of itself that it is too long. */
  static boolean isDeclaredTooLong(ClassicHttpRequest request) {
    return request.getEntity() != null && request.getEntity().getContentLength() > LIMIT;
  }

  /** The body, empty if there is none; null if it is too long. */
  static byte[] read(ClassicHttpRequest request) throws IOException {
    HttpEntity entity = request.getEntity();
    if (entity == null) {
      return new byte[0];
    }
    InputStream in = entity.getContent();
    byte[] body = in.readNBytes(LIMIT + 1);
    if (body.length <= LIMIT) {
      return body;
    }
    byte[] buffer = new byte[8 << 10];
    for (long left = PATIENCE, read = 0; left > 0 && read >= 0; left -= read) {
      read = in.read(buffer);
    }
    return null;
  }
}

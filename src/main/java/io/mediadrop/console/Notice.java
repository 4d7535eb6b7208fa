package io.mediadrop.console;

import java.nio.charset.StandardCharsets;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpStatus;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.message.BasicClassicHttpResponse;

/** Answers that no route has made: a sentence for the person who has asked. */
final class Notice {

  private static final ContentType TEXT =
      ContentType.TEXT_PLAIN.withCharset(StandardCharsets.UTF_8);

  private Notice() {}

  static ClassicHttpResponse of(int status, String text) {
    ClassicHttpResponse notice = new BasicClassicHttpResponse(status);
    notice.setEntity(new ByteArrayEntity((text + "\n").getBytes(StandardCharsets.UTF_8), TEXT));
    return notice;
  }

  /** Ends the connection: nobody reads what is left of the request. */
  static ClassicHttpResponse tooLong() {
    ClassicHttpResponse notice =
        of(
            HttpStatus.SC_REQUEST_TOO_LONG,
            "A request may bring %d bytes".formatted(RequestBody.LIMIT));
    notice.setHeader("Connection", "close");
    return notice;
  }
}

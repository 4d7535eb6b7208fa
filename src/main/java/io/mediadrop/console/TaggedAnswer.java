package io.mediadrop.console;

import io.mediadrop.base.Digests;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/** An answer that is not sent again to whoever has it. */
record TaggedAnswer(String type, String text) {

  private static final int NOT_MODIFIED = 304;
  private static final int TAG_BYTES = 16;

  /** Makes it the answer to a request, which may say what it has. */
  void writeTo(Message message) {
    String tag = '"' + HexFormat.of().formatHex(Digests.sha256(text), 0, TAG_BYTES) + '"';
    String had = (String) message.removeHeader("If-None-Match");
    message.setHeader("ETag", tag);
    if (had != null && had.contains(tag)) {
      message.setHeader(Exchange.HTTP_RESPONSE_CODE, NOT_MODIFIED);
      message.setBody(null);
    } else {
      message.setHeader(Exchange.CONTENT_TYPE, type);
      message.setBody(text.getBytes(StandardCharsets.UTF_8));
    }
  }
}

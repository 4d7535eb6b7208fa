package io.mediadrop.api;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpHeaders;

/** The bytes of an answer as JSON is read: unpacked, and in UTF-8. */
final class AnswerBytes {

  private AnswerBytes() {}

  /**
   * Reads an answer, to a byte more than it may have.
   *
   * @param largest how many bytes it may have, unpacked
   * @throws UnreadableAnswer if it is packed in a way that is not known here
   */
  static byte[] of(ClassicHttpResponse answer, InputStream in, int largest) throws IOException {
    return inUtf8(read(unpacked(answer, in), largest), answer.getEntity().getContentType());
  }

  private static byte[] read(InputStream in, int largest) throws IOException {
    try {
      return in.readNBytes(largest + 1);
    } catch (ZipException | EOFException e) {
      throw new UnreadableAnswer("it is packed and cannot be unpacked");
    }
  }

  /** Nobody was asked to pack anything; some gateways do it nevertheless. */
  private static InputStream unpacked(ClassicHttpResponse answer, InputStream in)
      throws IOException {
    Header encoding = answer.getFirstHeader(HttpHeaders.CONTENT_ENCODING);
    String name = encoding == null ? "" : encoding.getValue().strip().toLowerCase(Locale.ROOT);
    return switch (name) {
      case "", "identity" -> in;
      case "gzip", "x-gzip" -> gunzipped(in);
      default -> throw new UnreadableAnswer("it is packed (" + name + "), which nobody asked for");
    };
  }

  private static InputStream gunzipped(InputStream in) throws IOException {
    try {
      return new GZIPInputStream(in);
    } catch (ZipException | EOFException e) {
      throw new UnreadableAnswer("it is said to be packed, and is not");
    }
  }

  /** JSON is UTF-8 whatever its type says, unless it cannot be. */
  private static byte[] inUtf8(byte[] bytes, String type) {
    Charset charset = charset(type);
    if (charset == null || charset.equals(StandardCharsets.UTF_8) || isUtf8(bytes)) {
      return bytes;
    }
    return new String(bytes, charset).getBytes(StandardCharsets.UTF_8);
  }

  private static Charset charset(String type) {
    ContentType parsed = type == null ? null : ContentType.parseLenient(type);
    return parsed == null ? null : parsed.getCharset();
  }

  private static boolean isUtf8(byte[] bytes) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }
}

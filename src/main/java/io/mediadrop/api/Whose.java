package io.mediadrop.api;

import io.mediadrop.base.SecretForms;
import io.mediadrop.net.Cleaned;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpRequest;

/**
 * Whose an answer is: the API says everything in JSON objects; what begins otherwise comes from
 * something that stands before it.
 */
final class Whose {

  /**
   * Those that mean the same whoever says them: a wrong address, a file that is too large, a time
   * to wait.
   */
  private static final Set<Integer> PLAIN = Set.of(404, 405, 408, 413, 414, 425, 429);

  private static final Set<String> SECRETS = Set.of("apiKey", "x-connection-id");
  private static final int BEGINNING = 8 * 1024;
  private static final Pattern UNSEEN =
      Pattern.compile("(?is)<(script|style|head|title)\\b.*?</\\1\\s*>|<!--.*?-->|<[^>]*>");
  private static final Pattern TITLE = Pattern.compile("(?is)<title[^>]*>(.*?)</title");

  private Whose() {}

  /**
   * Lets the API's answers pass, and those whose status says enough.
   *
   * @throws StrangeAnswer if it is somebody else's
   */
  static void requireApi(ClassicHttpResponse answer, byte[] content, HttpRequest request)
      throws StrangeAnswer {
    int status = answer.getCode();
    boolean success = status >= 200 && status < 300;
    boolean refusal = status >= 400 && status < 500 && !PLAIN.contains(status);
    // a refusal without a word may be the API's
    if (success && !isJson(content) || refusal && content.length > 0 && !isJson(content)) {
      throw new StrangeAnswer(what(answer, content, request));
    }
  }

  /** Whether it begins like JSON, in any of its encodings. */
  private static boolean isJson(byte[] content) {
    for (byte each : content) {
      if (each == '{' || each == '[') {
        return true;
      }
      boolean passed = each <= ' ';
      if (!passed) {
        return false;
      }
    }
    return false;
  }

  /** Status, type and first words of an answer, without the secrets of its request. */
  static String what(ClassicHttpResponse answer, byte[] content, HttpRequest request) {
    Header type = answer.getFirstHeader(HttpHeaders.CONTENT_TYPE);
    String words = Cleaned.of(withoutSecrets(words(content), request));
    return "status %d%s, %s"
        .formatted(
            answer.getCode(),
            type == null ? "" : " with " + Cleaned.of(type.getValue().replaceFirst(";.*", "")),
            words.isEmpty() ? "without a word" : "\"" + words + "\"");
  }

  /** The first words that a person would see of a page. */
  static String words(byte[] content) {
    int length = Math.min(content.length, BEGINNING);
    String text = new String(content, 0, length, StandardCharsets.UTF_8).replace("\uFFFD", "");
    var title = TITLE.matcher(text);
    return (title.find() ? title.group(1) + ": " : "") + UNSEEN.matcher(text).replaceAll(" ");
  }

  private static String withoutSecrets(String words, HttpRequest request) {
    return Stream.of(request.getHeaders())
        .filter(header -> SECRETS.contains(header.getName()) && !header.getValue().isEmpty())
        .map(header -> SecretForms.of(header.getValue()))
        .reduce(
            words,
            (text, secret) -> secret.matcher(text).replaceAll("(secret)"),
            (one, other) -> other);
  }
}

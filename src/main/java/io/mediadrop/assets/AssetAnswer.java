package io.mediadrop.assets;

import java.io.IOException;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.hc.core5.http.ClassicHttpResponse;

/** Tells answers that are a file from those that never will be and those that may be later. */
final class AssetAnswer {

  private static final Pattern PAGE =
      Pattern.compile("\\s*(text/html|application/xhtml)", Pattern.CASE_INSENSITIVE);

  private static final Set<Integer> PASSING = Set.of(408, 425, 429);

  private AssetAnswer() {}

  /**
   * Lets an answer pass that is a file.
   *
   * @throws AssetRefused if there will not be one
   * @throws IOException if there may be one later
   */
  static void requireFile(ClassicHttpResponse answer) throws IOException {
    int status = answer.getCode();
    if (status >= 500 || PASSING.contains(status)) {
      throw new IOException("it answered with status " + status);
    }
    if (status >= 300 && status < 400) {
      throw new AssetRefused(
          "it answered with a redirect (status %d), which is not followed".formatted(status));
    }
    if (status != 200 || answer.getEntity() == null) {
      throw new AssetRefused("it answered with status " + status);
    }
    String type = answer.getEntity().getContentType();
    if (type != null && PAGE.matcher(type).lookingAt()) {
      // the login of a network, or a gateway: no media is a page
      throw new IOException("it answered with a page, and not with a file");
    }
    if (answer.getEntity().getContentEncoding() != null
        && !answer.getEntity().getContentEncoding().equalsIgnoreCase("identity")) {
      throw new AssetRefused("it answered with a packed file, which was not asked for");
    }
  }
}

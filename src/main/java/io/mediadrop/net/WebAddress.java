package io.mediadrop.net;

import java.net.IDN;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An http address that a person has written, called at exactly what was written: nothing in it is
 * taken for an option, put into another order or encoded anew. Only what no request may hold, a
 * space or a letter beyond ASCII, is percent-encoded as browsers do.
 *
 * @param scheme {@code http} or {@code https}
 * @param host a name or an address, an IPv6 one without its brackets
 * @param port -1 where none was written
 * @param target path and query as they go into the request's first line
 * @param authorization the header's value for the user who was written before the host; null for
 *     none
 */
public record WebAddress(
    String scheme, String host, int port, String target, String authorization) {

  private static final Pattern HTTP =
      Pattern.compile("(?i)(https?):/*([^/?#]*)([^#]*)(#.*)?", Pattern.DOTALL);
  private static final Pattern HOST =
      Pattern.compile("(\\[[0-9A-Fa-f:.]+]|[A-Za-z0-9._~-]+)(?::(\\d{1,5}))?");
  private static final Pattern CONTROL = Pattern.compile("[\\x00-\\x1F\\x7F]");
  private static final Pattern LONE_PERCENT = Pattern.compile("%(?![0-9A-Fa-f]{2})");
  private static final int MAX_PORT = 65_535;

  /** Whether an endpoint's address is one of the web. */
  public static boolean isOne(String uri) {
    return uri.regionMatches(true, 0, "http:", 0, 5) || uri.regionMatches(true, 0, "https:", 0, 6);
  }

  /**
   * Reads an address.
   *
   * @throws IllegalArgumentException if it cannot be called; the message says what to write, and
   *     nothing of the address, which may hold a secret
   */
  public static WebAddress of(String uri) {
    Matcher http = HTTP.matcher(uri);
    require(http.matches(), "must begin with http:// or https://");
    require(!CONTROL.matcher(uri).find(), "has a line break or another control character in it");
    require(
        http.group(4) == null,
        "has a # in it, and what follows that is never sent to anybody: write %23 in its place if"
            + " it belongs to the address, or leave it out");
    String authority = http.group(2);
    int at = authority.lastIndexOf('@');
    Matcher host = HOST.matcher(ascii(authority.substring(at + 1)));
    require(
        host.matches() && portOf(host) <= MAX_PORT,
        "must have a host, and a port up to 65535 if any, such as https://example.com/hook; a user's / ? # @ : are written %2F %3F %23 %40 %3A");
    return new WebAddress(
        http.group(1).toLowerCase(Locale.ROOT),
        host.group(1).replaceAll("[\\[\\]]", ""),
        portOf(host),
        encoded(http.group(3).startsWith("/") ? http.group(3) : "/" + http.group(3)),
        at < 0 ? null : basic(authority.substring(0, at)));
  }

  private static void require(boolean right, String wrong) {
    if (!right) {
      throw new IllegalArgumentException(wrong);
    }
  }

  private static int portOf(Matcher host) {
    return host.group(2) == null ? -1 : Integer.parseInt(host.group(2));
  }

  private static String ascii(String host) {
    try {
      return host.chars().allMatch(c -> c < 0x80) ? host : IDN.toASCII(host);
    } catch (IllegalArgumentException e) {
      // falls through to the one message for everything that is no host
      return "";
    }
  }

  private static String encoded(String target) {
    StringBuilder encoded = new StringBuilder(target.length());
    for (byte b : target.getBytes(StandardCharsets.UTF_8)) {
      if (b > 0x20) {
        encoded.append((char) b);
      } else {
        encoded.append('%').append("%02X".formatted(b & 0xFF));
      }
    }
    return encoded.toString();
  }

  /** The Basic authorization of {@code user:password}, both percent-encoded. */
  static String basic(String user) {
    require(!LONE_PERCENT.matcher(user).find(), "has a % in its user or password: write it as %25");
    String plain = URLDecoder.decode(user.replace("+", "%2B"), StandardCharsets.UTF_8);
    byte[] bytes = (plain.contains(":") ? plain : plain + ":").getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(bytes);
  }

  /** The server alone, which is all that connecting to it needs. */
  public URI root() {
    String name = host.contains(":") ? "[" + host + "]" : host;
    return URI.create(scheme + "://" + name + (port < 0 ? "" : ":" + port) + "/");
  }

  /** The host alone: the rest may hold a token. */
  @Override
  public String toString() {
    return scheme + "://" + host;
  }
}

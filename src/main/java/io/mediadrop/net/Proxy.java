package io.mediadrop.net;

import io.mediadrop.base.ConfigurationMistake;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A proxy that somebody has set.
 *
 * @param socks whether it speaks SOCKS 5, and not HTTP
 * @param user {@code user:password} as it is, or null
 * @param origin what has set it
 */
record Proxy(boolean socks, String host, int port, String user, String origin) {

  private static final Pattern URL =
      Pattern.compile(
          "(?:([A-Za-z][A-Za-z0-9]*)://)?(?:(.*)@)?(\\[[0-9A-Fa-f:.]+]|[^\\s:/?#@\\[\\]]+)(?::(\\d{1,5}))?/?");
  private static final Pattern SCHEME = Pattern.compile("http|socks|socks5|socks5h");
  private static final Pattern LONE_PERCENT = Pattern.compile("%(?![0-9A-Fa-f]{2})");
  private static final int HTTP_PORT = 80;
  private static final int SOCKS_PORT = 1080;
  private static final int MAX_PORT = 65_535;

  /**
   * Reads a proxy's address.
   *
   * @param origin the setting or variable that it stands in, for people
   * @throws ConfigurationMistake if it is none; what stands there, perhaps with a password, is not
   *     repeated
   */
  static Proxy of(String url, String origin) {
    Matcher parts = URL.matcher(url.strip());
    boolean whole = parts.matches();
    String scheme =
        whole && parts.group(1) != null ? parts.group(1).toLowerCase(Locale.ROOT) : "http";
    if (!whole
        || !SCHEME.matcher(scheme).matches()
        || parts.group(4) != null && !isPort(Integer.parseInt(parts.group(4)))
        || parts.group(2) != null && LONE_PERCENT.matcher(parts.group(2)).find()) {
      throw new ConfigurationMistake(
          "%s%s is no proxy: write http://host:port, http://user:password@host:port (with %%40 for @, %%25 for %%) or socks5://host:port"
              .formatted(
                  origin,
                  scheme.equals("https")
                      ? " begins with https://, but proxies are spoken to in plain http, and only"
                          + " what goes through them in TLS, so that it"
                      : ""));
    }
    boolean socks = !scheme.equals("http");
    int port = socks ? SOCKS_PORT : HTTP_PORT;
    return new Proxy(
        socks,
        parts.group(3).replaceAll("[\\[\\]]", ""),
        parts.group(4) == null ? port : Integer.parseInt(parts.group(4)),
        parts.group(2) == null
            ? null
            : URLDecoder.decode(parts.group(2).replace("+", "%2B"), StandardCharsets.UTF_8),
        origin);
  }

  private static boolean isPort(int port) {
    return port > 0 && port <= MAX_PORT;
  }

  /** Its address without user and password, and what has set it. */
  @Override
  public String toString() {
    String name = host.contains(":") ? "[" + host + "]" : host;
    return "%s://%s:%d (%s)".formatted(socks ? "socks5" : "http", name, port, origin);
  }
}

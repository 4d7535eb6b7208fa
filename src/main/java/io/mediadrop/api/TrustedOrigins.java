package io.mediadrop.api;

import io.mediadrop.base.ConfigurationMistake;
import io.mediadrop.base.SettingKey;
import java.net.URI;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Decides to which addresses the key, the connection and the media may be sent. */
public class TrustedOrigins {

  private static final String UPLOADS = "/v2/access/uploads/";

  /** Signed addresses have some 1,600 characters. */
  private static final int LONGEST = 8 * 1024;

  private static final int MAX_PORT = 65_535;
  private static final Pattern DOT = Pattern.compile("(?i)%2e");
  private static final Pattern SLASH = Pattern.compile("(?i)%2f|%5c");
  private static final Pattern LOOPBACK =
      Pattern.compile("localhost|127(\\.\\d{1,3}){3}|\\[::1]|\\[0:0:0:0:0:0:0:1]");

  private final Set<String> origins = new LinkedHashSet<>();
  private final String basePath;

  /**
   * The origins of these addresses, which are https or on this machine.
   *
   * @param baseUrl the address that all calls go to, of a host, a port and a path
   * @param further addresses, separated by commas, that an upload plan may name
   * @throws ConfigurationMistake if any is another one
   */
  TrustedOrigins(String baseUrl, String further) {
    URI uri = parse("mediadrop.api.base-url", baseUrl);
    origins.add(originOf(uri));
    basePath = uri.getRawPath() == null ? "" : uri.getRawPath().replaceFirst("/+$", "");
    Arrays.stream(further.split("[\\s,]+"))
        .filter(origin -> !origin.isEmpty())
        .map(origin -> originOf(parse("mediadrop.api.trusted-origins", origin)))
        .forEach(origins::add);
  }

  private static URI parse(String key, String text) {
    try {
      URI uri = URI.create(text.trim());
      if (uri.getHost() != null && isSafe(uri) && isPlain(uri)) {
        return uri;
      }
    } catch (IllegalArgumentException e) {
      // falls through to the one message for everything that is no such address
    }
    throw new ConfigurationMistake(
        "%s (%s)%s must be an https:// address (http:// only on this machine) of host, port (up to %d) and path, without user, ? and #"
            .formatted(key, SettingKey.variableOf(key), shown(text), MAX_PORT));
  }

  /** What stands before an at sign may be a password, and a query a token. */
  private static String shown(String text) {
    return text.matches(".*[@?].*") ? "" : ": '" + text + "'";
  }

  private static boolean isPlain(URI uri) {
    return uri.getRawUserInfo() == null
        && uri.getRawQuery() == null
        && uri.getRawFragment() == null
        && uri.getPort() <= MAX_PORT;
  }

  private static boolean isSafe(URI uri) {
    return "https".equalsIgnoreCase(uri.getScheme())
        || "http".equalsIgnoreCase(uri.getScheme()) && LOOPBACK.matcher(uri.getHost()).matches();
  }

  private static String originOf(URI uri) {
    String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
    int port = uri.getPort() >= 0 ? uri.getPort() : scheme.equals("https") ? 443 : 80;
    return scheme + "://" + uri.getHost().toLowerCase(Locale.ROOT) + ":" + port;
  }

  /**
   * Checks an address that the API has named.
   *
   * @return the address itself
   * @throws PlanRefused if it is another host's, or none of the upload calls'
   */
  public String check(String url) throws PlanRefused {
    if (url.length() > LONGEST) {
      throw new PlanRefused("it names an address of more than " + LONGEST + " characters");
    }
    URI uri;
    try {
      uri = URI.create(url);
    } catch (IllegalArgumentException e) {
      throw new PlanRefused("it names an address that cannot be read");
    }
    if (uri.getHost() == null || uri.getScheme() == null || uri.getUserInfo() != null) {
      throw new PlanRefused("it names an address that is not of scheme, host and path alone");
    }
    if (!origins.contains(originOf(uri))) {
      throw new PlanRefused(
          "it points to %s, whose scheme, host and port are neither the base URL's (%s) nor in mediadrop.api.trusted-origins"
              .formatted(originOf(uri), origins.iterator().next()));
    }
    String path = uri.getRawPath();
    if (!(path.startsWith(UPLOADS) || path.startsWith(basePath + UPLOADS)) || climbs(path)) {
      throw new PlanRefused("it points outside " + UPLOADS + " of " + uri.getHost());
    }
    return url;
  }

  /** Whether a server could take the path for another one than it begins like. */
  private static boolean climbs(String path) {
    String decoded = SLASH.matcher(DOT.matcher(path).replaceAll(".")).replaceAll("/");
    return Arrays.stream(decoded.substring(1).split("/", -1))
        .anyMatch(segment -> segment.isEmpty() || segment.equals(".") || segment.equals(".."));
  }
}

package io.mediadrop.console;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;

/** What a request shows of what only some people know, compared in the same time whatever it is. */
record Proof(Request request) {

  private static final String BEARER = "Bearer ";
  private static final String BASIC = "Basic ";

  /** Whether it says the token by itself, as no browser does by itself. */
  boolean bears(String token) {
    String given = authorization();
    return !token.isEmpty()
        && given.startsWith(BEARER)
        && isSame(given.substring(BEARER.length()).strip(), token);
  }

  /** Whether the token is the password that the browser has asked its user for. */
  boolean hasAsPassword(String token) {
    String given = authorization();
    if (token.isEmpty() || !given.startsWith(BASIC)) {
      return false;
    }
    try {
      byte[] pair = Base64.getDecoder().decode(given.substring(BASIC.length()).strip());
      return isSame(new String(pair, StandardCharsets.UTF_8).replaceFirst("^[^:]*:", ""), token);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** Whether a header has this very value. */
  boolean has(String name, String value) {
    String given = request.header(name);
    return given != null && isSame(given, value);
  }

  private String authorization() {
    String given = request.header("Authorization");
    return given == null ? "" : given;
  }

  private static boolean isSame(String given, String wanted) {
    return MessageDigest.isEqual(
        given.getBytes(StandardCharsets.UTF_8), wanted.getBytes(StandardCharsets.UTF_8));
  }
}

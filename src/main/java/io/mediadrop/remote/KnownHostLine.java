package io.mediadrop.remote;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A line of a file of known hosts, as ssh writes and reads it.
 *
 * @param marker {@code @revoked}, {@code @cert-authority}, or nothing
 * @param hosts names and patterns between commas, or one hashed name
 * @param type the kind of the key, such as {@code ssh-ed25519}
 * @param key the key in Base64
 */
record KnownHostLine(String marker, String hosts, String type, String key) {

  private static final String HASHED = "|1|";

  /** What a line says; nothing if it is a comment, empty, or wrong. */
  static Optional<KnownHostLine> of(String line) {
    Deque<String> words = new ArrayDeque<>(List.of(line.strip().split("\\s+")));
    String marker = words.peek().startsWith("@") ? words.poll() : "";
    boolean right = words.size() >= 3 && !words.peek().startsWith("#");
    return right
        ? Optional.of(new KnownHostLine(marker, words.poll(), words.poll(), words.poll()))
            .filter(known -> decoded(known.key()).length > 0)
        : Optional.empty();
  }

  boolean isTrusted() {
    return marker.isEmpty();
  }

  boolean isRevoked() {
    return marker.equals("@revoked");
  }

  boolean isAuthority() {
    return marker.equals("@cert-authority");
  }

  boolean isKey(String other) {
    return MessageDigest.isEqual(decoded(key), decoded(other));
  }

  /** Whether the line is about a server of this name. */
  boolean isAbout(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    if (hosts.startsWith(HASHED)) {
      return isHashOf(lower) || isHashOf(name);
    }
    boolean about = false;
    for (String pattern : hosts.toLowerCase(Locale.ROOT).split(",")) {
      boolean not = pattern.startsWith("!");
      if (matches(not ? pattern.substring(1) : pattern, lower)) {
        if (not) {
          return false;
        }
        about = true;
      }
    }
    return about;
  }

  private static boolean matches(String pattern, String name) {
    StringBuilder expression = new StringBuilder();
    for (char c : pattern.toCharArray()) {
      switch (c) {
        case '*' -> expression.append(".*");
        case '?' -> expression.append('.');
        default -> expression.append(Pattern.quote(String.valueOf(c)));
      }
    }
    return name.matches(expression.toString());
  }

  private boolean isHashOf(String name) {
    String[] parts = hosts.substring(HASHED.length()).split("\\|");
    if (parts.length != 2 || decoded(parts[0]).length == 0) {
      return false;
    }
    try {
      Mac mac = Mac.getInstance("HmacSHA1");
      mac.init(new SecretKeySpec(decoded(parts[0]), "HmacSHA1"));
      byte[] hash = mac.doFinal(name.getBytes(StandardCharsets.UTF_8));
      return MessageDigest.isEqual(hash, decoded(parts[1]));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has HMAC-SHA1", e);
    }
  }

  private static byte[] decoded(String base64) {
    try {
      return Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      return new byte[0];
    }
  }
}

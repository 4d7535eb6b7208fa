package io.mediadrop.base;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The forms in which a secret may come back: literally, percent-encoded and in base64. */
public final class SecretForms {

  private SecretForms() {}

  /** Finds the secret in a text in any of its forms. */
  public static Pattern of(String secret) {
    byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
    Stream<String> plain = Stream.of(secret, URLEncoder.encode(secret, StandardCharsets.UTF_8));
    Stream<String> base64 =
        Stream.of(Base64.getEncoder(), Base64.getUrlEncoder())
            .map(encoder -> encoder.withoutPadding().encodeToString(bytes))
            // the last characters depend on what was encoded behind the secret
            .map(text -> Pattern.quote(text.substring(0, text.length() - 2)) + "[\\w+/=-]{0,4}");
    return Pattern.compile(
        Stream.concat(plain.map(Pattern::quote), base64).collect(Collectors.joining("|")),
        Pattern.CASE_INSENSITIVE);
  }
}

package io.mediadrop.notify;

import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A key that messages to one subscriber are signed with, by Standard Webhooks' scheme v1. */
public final class WebhookSecret {

  private static final String PREFIX = "whsec_";
  private static final int SHORTEST = 24;
  private static final int LONGEST = 64;
  private static final String ALGORITHM = "HmacSHA256";

  private final SecretKeySpec key;

  private WebhookSecret(byte[] key) {
    this.key = new SecretKeySpec(key, ALGORITHM);
  }

  /**
   * The secrets in a setting, separated by spaces or commas.
   *
   * @throws IllegalArgumentException if one is not {@code whsec_} with 24 to 64 bytes in base64
   */
  static List<WebhookSecret> parse(String text) {
    List<WebhookSecret> secrets = new ArrayList<>();
    for (String secret : text.trim().split("[\\s,]+")) {
      if (!secret.isEmpty()) {
        secrets.add(one(secret));
      }
    }
    return List.copyOf(secrets);
  }

  private static WebhookSecret one(String secret) {
    if (!secret.startsWith(PREFIX)) {
      throw new IllegalArgumentException("it does not begin with " + PREFIX);
    }
    byte[] bytes = decoded(secret.substring(PREFIX.length()));
    if (bytes.length < SHORTEST || bytes.length > LONGEST) {
      throw new IllegalArgumentException("it has " + bytes.length + " bytes");
    }
    return new WebhookSecret(bytes);
  }

  private static byte[] decoded(String base64) {
    try {
      return Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      // the cause would show a piece of the secret
      throw new IllegalArgumentException("what follows " + PREFIX + " is no base64");
    }
  }

  /** The signature of a text, as it stands in the header. */
  String sign(byte[] text) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(text));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has " + ALGORITHM, e);
    }
  }

  @Override
  public String toString() {
    return "(webhook secret)";
  }
}

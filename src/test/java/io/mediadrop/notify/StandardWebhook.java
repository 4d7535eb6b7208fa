package io.mediadrop.notify;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A receiver's check, written from the Standard Webhooks specification and nothing else:
 * HMAC-SHA256 over id, time and body, joined by full stops; one of the signatures in the header
 * must be right.
 */
final class StandardWebhook {

  private static final long TOLERANCE_SECONDS = 5 * 60;

  private StandardWebhook() {}

  static boolean accepts(String secret, Map<String, String> headers, byte[] body, Instant now) {
    String id = headers.get("webhook-id");
    String time = headers.get("webhook-timestamp");
    String signatures = headers.get("webhook-signature");
    if (id == null || time == null || signatures == null) {
      return false;
    }
    if (Math.abs(now.getEpochSecond() - Long.parseLong(time)) > TOLERANCE_SECONDS) {
      return false;
    }
    byte[] expected = mac(secret, id, time, body);
    for (String signature : signatures.split(" ")) {
      int comma = signature.indexOf(',');
      if (signature.substring(0, comma).equals("v1")
          && MessageDigest.isEqual(
              expected, Base64.getDecoder().decode(signature.substring(comma + 1)))) {
        return true;
      }
    }
    return false;
  }

  private static byte[] mac(String secret, String id, String time, byte[] body) {
    try {
      byte[] key = Base64.getDecoder().decode(secret.replaceFirst("^whsec_", ""));
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      mac.update(id.getBytes(StandardCharsets.UTF_8));
      mac.update((byte) '.');
      mac.update(time.getBytes(StandardCharsets.UTF_8));
      mac.update((byte) '.');
      return mac.doFinal(body);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}

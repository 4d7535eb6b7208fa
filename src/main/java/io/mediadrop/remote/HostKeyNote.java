package io.mediadrop.remote;

import com.jcraft.jsch.HostKey;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * A server's key in the two forms that people compare and copy.
 *
 * @param fingerprint as ssh shows it, {@code SHA256:…}
 * @param line what belongs into the file of known hosts
 */
record HostKeyNote(String fingerprint, String line) {

  static HostKeyNote of(HostKey key) {
    byte[] content = Base64.getDecoder().decode(key.getKey());
    String hash = Base64.getEncoder().withoutPadding().encodeToString(sha256(content));
    return new HostKeyNote(
        "SHA256:" + hash, key.getHost() + " " + key.getType() + " " + key.getKey());
  }

  private static byte[] sha256(byte[] content) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(content);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}

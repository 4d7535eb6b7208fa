package io.mediadrop.remote;

import com.jcraft.jsch.HostKey;
import io.mediadrop.base.Digests;
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
    String hash =
        Base64.getEncoder().withoutPadding().encodeToString(Digests.sha256().digest(content));
    return new HostKeyNote(
        "SHA256:" + hash, key.getHost() + " " + key.getType() + " " + key.getKey());
  }
}

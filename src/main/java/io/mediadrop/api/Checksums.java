package io.mediadrop.api;

import io.mediadrop.ledger.Drop;
import io.mediadrop.ledger.Ledger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.apache.camel.Variable;

/** Makes the checksum of an upload that was sent in parts. */
public class Checksums {

  private Ledger ledger;

  /** As S3 does it: the md5 of the parts' md5s, a dash and their number. */
  public String ofParts(@Variable("drop") Drop drop) {
    try {
      MessageDigest digest = MessageDigest.getInstance("MD5");
      String[] parts = ledger.acknowledgedParts(drop);
      for (String md5 : parts) {
        digest.update(HexFormat.of().parseHex(md5));
      }
      return HexFormat.of().formatHex(digest.digest()) + "-" + parts.length;
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has MD5", e);
    }
  }

  public void setLedger(Ledger ledger) {
    this.ledger = ledger;
  }
}

package io.mediadrop.sandbox;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The checksums of one run of bytes, as far as they are wanted. */
final class Checksums {
  private final MessageDigest md5;
  private final MessageDigest sha256;

  private Checksums(MessageDigest md5, MessageDigest sha256) {
    this.md5 = md5;
    this.sha256 = sha256;
  }

  static Checksums of(Hashing hashing) {
    return switch (hashing) {
      case SHA256_AND_MD5 -> new Checksums(digest("MD5"), digest("SHA-256"));
      case MD5 -> new Checksums(digest("MD5"), null);
      case OFF -> new Checksums(null, null);
    };
  }

  void update(byte[] block, int length) {
    if (md5 != null) {
      md5.update(block, 0, length);
    }
    if (sha256 != null) {
      sha256.update(block, 0, length);
    }
  }

  /** Hexadecimal MD5, or null; ends this run. */
  String md5() {
    return hex(md5);
  }

  /** Hexadecimal SHA-256, or null; ends this run. */
  String sha256() {
    return hex(sha256);
  }

  private static String hex(MessageDigest digest) {
    return digest == null ? null : HexFormat.of().formatHex(digest.digest());
  }

  private static MessageDigest digest(String algorithm) {
    try {
      return MessageDigest.getInstance(algorithm);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has " + algorithm, e);
    }
  }
}

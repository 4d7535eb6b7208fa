package io.mediadrop.base;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The digests that every Java has. */
public final class Digests {

  private Digests() {}

  /** An md5, by which the API knows what it is sent. */
  public static MessageDigest md5() {
    return of("MD5");
  }

  /** A sha-256, by which things are told apart here. */
  public static MessageDigest sha256() {
    return of("SHA-256");
  }

  /** The sha-256 of a text in UTF-8, 32 bytes. */
  public static byte[] sha256(String text) {
    return sha256().digest(text.getBytes(StandardCharsets.UTF_8));
  }

  private static MessageDigest of(String name) {
    try {
      return MessageDigest.getInstance(name);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has " + name, e);
    }
  }
}

package io.mediadrop.remote;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What a file of known hosts says of one server: names and patterns, in clear or hashed, several
 * keys, and those that nobody is to trust any more. The library under Camel knows no patterns, and
 * takes an authority for a key of the server.
 *
 * @param name the server's name as such a file has it
 * @param trusted the lines whose keys the server may show
 * @param revoked the lines whose keys nobody is to trust
 * @param certified whether the file names an authority for the server
 */
record KnownKeys(
    String name, List<KnownHostLine> trusted, List<KnownHostLine> revoked, boolean certified) {

  /** SSH's own port is not written. */
  private static final int USUAL_PORT = 22;

  /**
   * Reads a file; one that is not there knows nobody.
   *
   * @throws IOException if it cannot be read
   */
  static KnownKeys of(Path file, String host, int port) throws IOException {
    List<KnownHostLine> lines = new ArrayList<>();
    try {
      // names in other characters are written in the ones of a domain
      Files.readString(file, StandardCharsets.ISO_8859_1)
          .lines()
          .forEach(line -> KnownHostLine.of(line).ifPresent(lines::add));
    } catch (NoSuchFileException e) {
      // whoever runs mediadrop may put it there later
    }
    String name = port == USUAL_PORT ? host : "[" + host + "]:" + port;
    List<KnownHostLine> revoked =
        lines.stream()
            .filter(KnownHostLine::isRevoked)
            .filter(line -> line.isAbout(name) || line.isAbout(host))
            .toList();
    List<KnownHostLine> trusted = trusted(lines, name, revoked);
    return new KnownKeys(
        name,
        trusted.isEmpty() ? trusted(lines, host, revoked) : trusted,
        revoked,
        lines.stream()
            .filter(KnownHostLine::isAuthority)
            .anyMatch(line -> line.isAbout(name) || line.isAbout(host)));
  }

  private static List<KnownHostLine> trusted(
      List<KnownHostLine> lines, String name, List<KnownHostLine> revoked) {
    return lines.stream()
        .filter(line -> line.isTrusted() && line.isAbout(name))
        .filter(line -> revoked.stream().noneMatch(bad -> bad.isKey(line.key())))
        .toList();
  }

  /** The trusted keys under the server's plain name, as the library understands them. */
  byte[] plain() {
    StringBuilder text = new StringBuilder();
    trusted.forEach(line -> text.append("%s %s %s\n".formatted(name, line.type(), line.key())));
    return text.toString().getBytes(StandardCharsets.ISO_8859_1);
  }

  /** Whether a key, in Base64, is one that the server may show. */
  boolean has(String key) {
    return trusted.stream().anyMatch(line -> line.isKey(key));
  }

  /** Whether a key, in Base64, is not to be trusted any more. */
  boolean hasRevoked(String key) {
    return revoked.stream().anyMatch(line -> line.isKey(key));
  }

  /** Whether the server is known by another key of the same kind, such as {@code ssh-rsa}. */
  boolean hasAnother(String type) {
    return trusted.stream().anyMatch(line -> line.type().equals(type));
  }
}

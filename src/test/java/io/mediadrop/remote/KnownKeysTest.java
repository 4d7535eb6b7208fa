package io.mediadrop.remote;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a file of known hosts says of a server. */
class KnownKeysTest {

  private static final String KEY =
      "AAAAC3NzaC1lZDI1NTE5AAAAIHqkYTmpKnC4oZ1xVbQ6QpSk8rGnMrKDC7gRh1ggIlGY";
  private static final String OTHER =
      "AAAAC3NzaC1lZDI1NTE5AAAAIEdNbYGZ5ZGxLsNTq7yEzeHqYJ1qG1nFzvT1J2oyHdKr";

  @TempDir Path folder;

  private KnownKeys known(String host, int port, String... lines) throws IOException {
    Path file = folder.resolve("known_hosts");
    Files.write(file, List.of(lines));
    return KnownKeys.of(file, host, port);
  }

  private static String line(String hosts) {
    return hosts + " ssh-ed25519 " + KEY;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "nas.example.com                     | nas.example.com | 22   | true",
        "NAS.Example.COM                     | nas.example.com | 22   | true",
        "nas,192.0.2.7,nas.example.com       | nas.example.com | 22   | true",
        "*.example.com                       | nas.example.com | 22   | true",
        "n?s.example.com                     | nas.example.com | 22   | true",
        "*                                   | nas.example.com | 22   | true",
        "*.example.com,!nas.example.com      | nas.example.com | 22   | false",
        "!nas.example.com,*.example.com      | nas.example.com | 22   | false",
        "example.com                         | nas.example.com | 22   | false",
        "nasXexample.com                     | nas.example.com | 22   | false",
        "[nas.example.com]:2222              | nas.example.com | 2222 | true",
        "[*.example.com]:2222                | nas.example.com | 2222 | true",
        "[nas.example.com]:2222              | nas.example.com | 22   | false",
        "[nas.example.com]:2222              | nas.example.com | 2223 | false",
        "nas.example.com                     | nas.example.com | 2222 | true"
      })
  void knowsAServerByItsNamesAndPatterns(String hosts, String host, int port, boolean is)
      throws IOException {
    assertThat(known(host, port, line(hosts)).trusted().isEmpty()).isNotEqualTo(is);
  }

  /** By {@code ssh-keygen -H}. */
  @Test
  void knowsAServerByAHashedName() throws IOException {
    String hashed = line("|1|F1E1KeoE/eEWhi10WpGv4OdiO6Y=|3988QV0VE8wmZL7suNrYQLITLCg=");
    assertThat(known("192.168.1.61", 22, hashed).trusted()).hasSize(1);
    assertThat(known("192.168.1.62", 22, hashed).trusted()).isEmpty();
  }

  @Test
  void passesAllItsKeysOnUnderItsPlainName() throws IOException {
    KnownKeys known =
        known(
            "nas.example.com",
            2222,
            "# a comment",
            "",
            line("[*.example.com]:2222") + " a comment too",
            "[nas.example.com]:2222 ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAAAgQ==",
            "wrong",
            "[nas.example.com]:2222 ssh-ed25519 not&base64");
    assertThat(new String(known.plain(), StandardCharsets.US_ASCII).lines())
        .containsExactly(
            "[nas.example.com]:2222 ssh-ed25519 " + KEY,
            "[nas.example.com]:2222 ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAAAgQ==");
    assertThat(known.hasAnother("ssh-rsa")).isTrue();
    assertThat(known.hasAnother("ecdsa-sha2-nistp256")).isFalse();
  }

  @Test
  void trustsNoRevokedKeyWhereverItStands() throws IOException {
    KnownKeys known =
        known(
            "nas.example.com",
            22,
            line("nas.example.com"),
            "@revoked * ssh-ed25519 " + KEY,
            "nas.example.com ssh-ed25519 " + OTHER);
    assertThat(known.hasRevoked(KEY)).isTrue();
    assertThat(known.hasRevoked(OTHER)).isFalse();
    assertThat(known.trusted()).extracting(KnownHostLine::key).containsExactly(OTHER);
  }

  @Test
  void takesAnAuthorityForNoKeyOfTheServer() throws IOException {
    KnownKeys known = known("nas.example.com", 22, "@cert-authority " + line("*.example.com"));
    assertThat(known.certified()).isTrue();
    assertThat(known.trusted()).isEmpty();
    assertThat(known.hasAnother("ssh-ed25519")).isFalse();
    assertThat(known("example.org", 22, "@cert-authority " + line("*.example.com")).certified())
        .isFalse();
  }

  @Test
  void knowsNobodyWithoutAFile() throws IOException {
    assertThat(KnownKeys.of(folder.resolve("none"), "nas", 22).plain()).isEmpty();
  }
}

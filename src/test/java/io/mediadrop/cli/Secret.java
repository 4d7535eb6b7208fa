package io.mediadrop.cli;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A secret, and every form in which it would be one still. */
record Secret(String value) {

  static final Secret KEY = new Secret("sk_test_9f+3/x=Q~7hT");
  static final Secret CONNECTION = new Secret("conn_5b/c1+d=e2~Zk");

  /** What webhooks are signed with; the API never gets it. */
  static final Secret WEBHOOK = new Secret("whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD");

  /** Literal, percent-encoded, and base64 without the end that depends on what follows. */
  List<String> forms() {
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    return List.of(value, URLEncoder.encode(value, StandardCharsets.UTF_8), cut(bytes));
  }

  private static String cut(byte[] bytes) {
    String whole = Base64.getEncoder().withoutPadding().encodeToString(bytes);
    return whole.substring(0, whole.length() - 2);
  }

  /** All forms of both secrets. */
  static List<String> all() {
    return List.of(KEY, CONNECTION).stream().flatMap(secret -> secret.forms().stream()).toList();
  }

  /** As an API might echo them. */
  static String echoed() {
    return String.join(" ", all()) + " " + KEY.base64() + " " + CONNECTION.base64();
  }

  private String base64() {
    return Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8));
  }

  /** The lines of a text that hold a secret of any kind. */
  static List<String> in(String text) {
    List<String> forms =
        Stream.concat(all().stream(), WEBHOOK.forms().stream()).collect(Collectors.toList());
    forms.add(WEBHOOK.value().replace("whsec_", ""));
    return text.lines().filter(line -> forms.stream().anyMatch(line::contains)).toList();
  }
}

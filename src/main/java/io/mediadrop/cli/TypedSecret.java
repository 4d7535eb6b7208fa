package io.mediadrop.cli;

import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads a secret that nobody else is to see: never from the arguments, which everyone can read. */
final class TypedSecret {

  private static final Pattern SECRET = Pattern.compile("[\\x21-\\x7E]{1,255}");

  private TypedSecret() {}

  /** What is typed unseen, or the first line of an input that is no terminal. */
  static Optional<String> read(String prompt) throws IOException {
    Console console = System.console();
    String line =
        console == null
            ? new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset()))
                .readLine()
            : String.valueOf(console.readPassword("%s", prompt));
    return Optional.ofNullable(line)
        .map(String::trim)
        .filter(secret -> SECRET.matcher(secret).matches());
  }
}

package io.mediadrop.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediadrop.console.Caller;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One answer to a monitoring system, read by the rules of Prometheus' text format. */
final class Scrape {

  private static final Pattern SAMPLE =
      Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\\{(.*)})? (NaN|[+-]Inf|[-+.0-9E]+)");
  private static final Pattern LABEL =
      Pattern.compile("([a-zA-Z_][a-zA-Z0-9_]*)=\"((?:[^\"\\\\\n]|\\\\[\"\\\\n])*)\",?");

  /** One line with a value. */
  record Sample(String name, Map<String, String> labels, double value) {}

  private final List<Sample> samples = new ArrayList<>();
  private final Map<String, String> types = new HashMap<>();
  private final String text;

  private Scrape(String text) {
    this.text = text;
    text.lines().forEach(this::read);
  }

  /** What a running mediadrop answers now. */
  static Scrape of(Caller caller) throws Exception {
    HttpResponse<String> answer = caller.get("/observe/metrics");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type").orElseThrow())
        .startsWith("text/plain; version=");
    return new Scrape(answer.body());
  }

  private void read(String line) {
    if (line.startsWith("# TYPE ")) {
      String[] words = line.split(" ");
      assertThat(types.put(words[2], words[3])).as("second " + line).isNull();
    } else if (!line.startsWith("# HELP ")) {
      Matcher sample = SAMPLE.matcher(line);
      assertThat(sample.matches()).as(line).isTrue();
      samples.add(new Sample(sample.group(1), labels(sample.group(2)), value(sample.group(3))));
    }
  }

  private static double value(String text) {
    return text.endsWith("Inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(text);
  }

  private static Map<String, String> labels(String text) {
    Map<String, String> labels = new HashMap<>();
    if (text != null) {
      List<MatchResult> found = LABEL.matcher(text).results().toList();
      found.forEach(label -> labels.put(label.group(1), label.group(2)));
      assertThat(found.stream().mapToInt(label -> label.group().length()).sum())
          .as(text)
          .isEqualTo(text.length());
      assertThat(labels).as(text).hasSameSizeAs(found);
    }
    return labels;
  }

  List<Sample> samples() {
    return samples;
  }

  /** The types of all metrics, by their names. */
  Map<String, String> types() {
    return types;
  }

  String text() {
    return text;
  }

  /** The value of the one sample that has these labels, as {@code name, value, …}. */
  double value(String name, String... labels) {
    Map<String, String> wanted = new HashMap<>();
    for (int n = 0; n < labels.length; n += 2) {
      wanted.put(labels[n], labels[n + 1]);
    }
    return samples.stream()
        .filter(sample -> sample.name().equals(name) && sample.labels().equals(wanted))
        .findFirst()
        .map(Sample::value)
        .orElseThrow(() -> new AssertionError("no " + name + wanted + " in\n" + text));
  }
}

package io.mediadrop.sandbox;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.camel.util.TimeUtils;

/**
 * A fault written in one word: {@code <route>[#<call>[-<call>]][%<chance>][@<connection>]=<fault>},
 * such as {@code complete#1=answer-lost} or {@code part%0.05=503}.
 */
public final class FaultSpec {
  private static final Pattern FORM =
      Pattern.compile(
          "([a-z-]+)(?:#(\\d+)(?:-(\\d+))?)?(?:%([\\d.]+))?(?:@([^=]+))?=([a-z0-9-]+)(?::(.+))?");

  /** The faults as they are written, each with what stands behind its colon. */
  public static final List<String> FAULTS =
      List.of(
          "cut:BYTES",
          "reset:BYTES",
          "stall:BYTES",
          "slow-reading:BYTES",
          "silence",
          "delay:TIME",
          "expire",
          "redirect:URL",
          "page:STATUS",
          "answer-lost",
          "answer-stalled",
          "answer-cut",
          "slow-answer:TIME",
          "trickled-answer:BYTES",
          "truncated-json",
          "huge-answer:BYTES",
          "deep-answer:LEVELS",
          "close-afterwards",
          "4xx:TYPE",
          "5xx:TYPE");

  /** Without a value these cannot be done at all. */
  private static final Set<String> VALUED = Set.of("redirect", "page", "deep-answer");

  private FaultSpec() {}

  /**
   * Adds the rule to a script.
   *
   * @param seed chooses the calls of rules with a chance
   * @throws IllegalArgumentException if the text is no fault
   */
  public static void addTo(FaultScript script, String text, long seed) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      throw new IllegalArgumentException(
          "A fault is written like complete#1=answer-lost or part%0.05=503, not " + text);
    }
    script.on(when(form, seed), fault(form.group(6), form.group(7)));
  }

  private static When when(Matcher form, long seed) {
    When when = form.group(1).equals("any") ? When.anyCall() : When.route(route(form.group(1)));
    if (form.group(2) != null) {
      String last = form.group(3) == null ? form.group(2) : form.group(3);
      when = when.calls(Long.parseLong(form.group(2)), Long.parseLong(last));
    }
    if (form.group(4) != null) {
      when = when.probability(chance(form.group(4)), seed);
    }
    return form.group(5) == null ? when : when.connection(form.group(5));
  }

  private static double chance(String text) {
    if (!text.matches("0?\\.\\d+|[01](\\.0*)?")) {
      throw new IllegalArgumentException("A chance is from 0 to 1, such as 0.05, not " + text);
    }
    return Double.parseDouble(text);
  }

  private static Route route(String name) {
    return Arrays.stream(Route.values())
        .filter(route -> word(route).equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "There is no route %s; there are %s"
                        .formatted(name, String.join(", ", routes()))));
  }

  private static String word(Route route) {
    return route.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** What a fault can be written for. */
  public static List<String> routes() {
    return Stream.concat(Stream.of("any"), Arrays.stream(Route.values()).map(FaultSpec::word))
        .toList();
  }

  private static Fault fault(String name, String value) {
    if (value == null && VALUED.contains(name)) {
      throw new IllegalArgumentException(
          "%s needs a value: write one of %s".formatted(name, String.join(", ", FAULTS)));
    }
    return switch (name) {
      case "cut" -> Faults.cutAfter(bytes(value));
      case "reset" -> Faults.resetAfter(bytes(value));
      case "stall" -> Faults.stallAfter(bytes(value));
      case "slow-reading" -> Faults.slowReading((int) bytes(value));
      case "silence" -> Faults.silence();
      case "delay" -> Faults.delay(time(value));
      case "expire" -> Faults.expireConnection();
      case "redirect" -> Faults.redirect(302, value);
      case "page" -> Faults.page(number(value));
      case "answer-lost" -> Faults.answerLost();
      case "answer-stalled" -> Faults.answerStalled();
      case "answer-cut" -> Faults.answerCut();
      case "slow-answer" -> Faults.slowAnswer(time(value));
      case "trickled-answer" -> Faults.trickledAnswer((int) bytes(value));
      case "truncated-json" -> Faults.truncatedJson();
      case "huge-answer" -> Faults.hugeAnswer((int) bytes(value));
      case "deep-answer" -> Faults.deepAnswer(number(value));
      case "close-afterwards" -> Faults.closeAfterwards();
      default -> refusal(name, value);
    };
  }

  private static Fault refusal(String status, String type) {
    if (!status.matches("[45]\\d\\d")) {
      throw new IllegalArgumentException(
          "There is no fault %s; there are %s".formatted(status, String.join(", ", FAULTS)));
    }
    if (status.equals("429") && type == null) {
      return Faults.rateLimited(1);
    }
    return Faults.refuse(Integer.parseInt(status), type == null ? "UNKNOWN_ERROR" : type);
  }

  private static int number(String value) {
    if (!value.matches("\\d{1,9}")) {
      throw new IllegalArgumentException("A whole number is wanted, not " + value);
    }
    return Integer.parseInt(value);
  }

  private static long bytes(String value) {
    return value == null ? 0 : ByteSize.parse(value);
  }

  /**
   * A time such as {@code 100ms} or {@code 35s}; nothing stands for a second.
   *
   * @throws IllegalArgumentException if the text is no time
   */
  public static Duration time(String value) {
    if (value == null) {
      return Duration.ofSeconds(1);
    }
    // Camel's reader takes letters that it does not know for nothing
    if (!value.matches("\\d{1,9}(ms|s|m|h|d)?")) {
      throw new IllegalArgumentException("A time is written like 100ms or 5s, not " + value);
    }
    return Duration.ofMillis(TimeUtils.toMilliSeconds(value));
  }
}

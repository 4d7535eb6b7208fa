package io.mediadrop.sandbox;

import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.util.TimeUtils;

/**
 * A fault written in one word: {@code <route>[#<call>[-<call>]][%<chance>][@<connection>]=<fault>},
 * such as {@code complete#1=answer-lost} or {@code part%0.05=503}.
 */
public final class FaultSpec {
  private static final Pattern FORM =
      Pattern.compile(
          "([a-z-]+)(?:#(\\d+)(?:-(\\d+))?)?(?:%([\\d.]+))?(?:@([^=]+))?=([a-z0-9-]+)(?::(.+))?");

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
      when = when.probability(Double.parseDouble(form.group(4)), seed);
    }
    return form.group(5) == null ? when : when.connection(form.group(5));
  }

  private static Route route(String name) {
    return Route.valueOf(name.toUpperCase(Locale.ROOT).replace('-', '_'));
  }

  private static Fault fault(String name, String value) {
    return switch (name) {
      case "cut" -> Faults.cutAfter(bytes(value));
      case "reset" -> Faults.resetAfter(bytes(value));
      case "stall" -> Faults.stallAfter(bytes(value));
      case "slow-reading" -> Faults.slowReading((int) bytes(value));
      case "silence" -> Faults.silence();
      case "delay" -> Faults.delay(time(value));
      case "expire" -> Faults.expireConnection();
      case "redirect" -> Faults.redirect(302, value);
      case "page" -> Faults.page(Integer.parseInt(value));
      case "answer-lost" -> Faults.answerLost();
      case "answer-stalled" -> Faults.answerStalled();
      case "answer-cut" -> Faults.answerCut();
      case "slow-answer" -> Faults.slowAnswer(time(value));
      case "trickled-answer" -> Faults.trickledAnswer((int) bytes(value));
      case "truncated-json" -> Faults.truncatedJson();
      case "huge-answer" -> Faults.hugeAnswer((int) bytes(value));
      case "deep-answer" -> Faults.deepAnswer(Integer.parseInt(value));
      case "close-afterwards" -> Faults.closeAfterwards();
      default -> refusal(name, value);
    };
  }

  private static Fault refusal(String status, String type) {
    if (!status.matches("[45]\\d\\d")) {
      throw new IllegalArgumentException("There is no fault " + status);
    }
    if (status.equals("429") && type == null) {
      return Faults.rateLimited(1);
    }
    return Faults.refuse(Integer.parseInt(status), type == null ? "UNKNOWN_ERROR" : type);
  }

  private static long bytes(String value) {
    return value == null ? 0 : ByteSize.parse(value);
  }

  private static Duration time(String value) {
    return Duration.ofMillis(TimeUtils.toMilliSeconds(value == null ? "1s" : value));
  }
}

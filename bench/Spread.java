package bench;

import java.util.List;
import java.util.Locale;

/** The middle of some values, and how far they lie apart. */
record Spread(double median, double least, double most) {

  static Spread of(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    int half = sorted.size() / 2;
    double median =
        sorted.size() % 2 == 1 ? sorted.get(half) : (sorted.get(half - 1) + sorted.get(half)) / 2;
    return new Spread(median, sorted.get(0), sorted.get(sorted.size() - 1));
  }

  @Override
  public String toString() {
    return least == most
        ? number(median)
        : "%s (%s–%s)".formatted(number(median), number(least), number(most));
  }

  /** With three digits, or all those before the point. */
  static String number(double value) {
    int before = (int) Math.floor(Math.log10(Math.max(Math.abs(value), 1e-9))) + 1;
    int after = Math.min(3, Math.max(0, 3 - Math.max(before, 1)));
    return String.format(Locale.ROOT, "%,." + after + "f", value);
  }
}

package bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A promise: a quantity, or its ratio to another one of the same round, is at least or at most so
 * much.
 *
 * @param theirs what is compared with; null if the quantity itself is bounded
 */
record Bound(
    String what, Measures.Series ours, Measures.Series theirs, boolean atLeast, double limit) {

  static Bound atLeast(String what, double limit, Measures.Series ours, Measures.Series theirs) {
    return new Bound(what, ours, theirs, true, limit);
  }

  static Bound atMost(String what, double limit, Measures.Series ours, Measures.Series theirs) {
    return new Bound(what, ours, theirs, false, limit);
  }

  /** The ratios, or the values; empty if one of the two was not measured. */
  Optional<Spread> found(Measures measures) {
    List<Double> found = new ArrayList<>();
    List<Double> numbers = measures.of(ours).orElse(List.of());
    for (int round = 0; round < numbers.size(); round++) {
      found.add(numbers.get(round) / divisor(measures, round));
    }
    found.removeIf(number -> number.isNaN());
    return found.isEmpty() ? Optional.empty() : Optional.of(Spread.of(found));
  }

  private double divisor(Measures measures, int round) {
    if (theirs == null) {
      return 1;
    }
    List<Double> numbers = measures.of(theirs).orElse(List.of());
    return round < numbers.size() ? numbers.get(round) : Double.NaN;
  }

  boolean met(Spread found) {
    return atLeast ? found.median() >= limit : found.median() <= limit;
  }

  String required() {
    return (atLeast ? "≥ " : "≤ ") + Spread.number(limit);
  }

  /** Where the limit lies among the values of our quantity. */
  Optional<Double> line(Measures measures) {
    return theirs == null
        ? Optional.of(limit)
        : measures.of(theirs).map(numbers -> limit * Spread.of(numbers).median());
  }
}

package bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What was measured in a case: for each program and quantity a value per round. */
final class Measures {

  /**
   * One series.
   *
   * @param of whose
   * @param quantity with its unit, such as {@code files/s}
   */
  record Series(String of, String quantity) {}

  private final Map<Series, List<Double>> values = new LinkedHashMap<>();

  void add(String of, String quantity, double value) {
    values.computeIfAbsent(new Series(of, quantity), series -> new ArrayList<>()).add(value);
  }

  Optional<List<Double>> of(Series series) {
    return Optional.ofNullable(values.get(series));
  }

  Set<Series> all() {
    return values.keySet();
  }

  /** Tab-separated: program, quantity, values in the order of the rounds. */
  void write(Path file) throws IOException {
    List<String> lines = new ArrayList<>();
    values.forEach(
        (series, numbers) -> {
          StringBuilder line =
              new StringBuilder(series.of()).append('\t').append(series.quantity());
          numbers.forEach(number -> line.append(String.format(Locale.ROOT, "\t%.6g", number)));
          lines.add(line.toString());
        });
    Files.write(file, lines);
  }

  static Measures read(Path file) throws IOException {
    Measures measures = new Measures();
    for (String line : Files.readAllLines(file)) {
      String[] words = line.split("\t");
      Arrays.stream(words)
          .skip(2)
          .forEach(word -> measures.add(words[0], words[1], Double.parseDouble(word)));
    }
    return measures;
  }
}

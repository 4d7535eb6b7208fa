package bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Writes down what was measured: in {@code performance/} a table of values per case, and from the
 * tables that lie there a picture per case and the measured part of {@code performance.md}.
 */
final class Report {

  private static final String BEGIN = "<!-- measured: what bench/run has found; do not edit -->";
  private static final String END = "<!-- measured: end -->";

  private final Path page;
  private final Path folder;

  /**
   * A report.
   *
   * @param docs where performance.md and performance/ are
   */
  Report(Path docs) throws IOException {
    page = docs.resolve("performance.md");
    folder = Files.createDirectories(docs.resolve("performance"));
  }

  /** Writes the table of a case. */
  void add(Case what, Measures measures) throws IOException {
    measures.write(table(what));
  }

  private Path table(Case what) {
    return folder.resolve(what.name() + ".tsv");
  }

  /** Draws the pictures, and replaces the measured part of the page, the rest of which stays. */
  void write(List<Case> cases) throws IOException {
    StringBuilder promises = new StringBuilder();
    StringBuilder sections = new StringBuilder();
    for (Case each : cases) {
      if (Files.exists(table(each))) {
        Measures measures = Measures.read(table(each));
        each.bounds().forEach(bound -> promise(bound, each, measures, promises));
        section(each, measures, sections);
        Files.writeString(folder.resolve(each.name() + ".svg"), Chart.of(each, measures));
      }
    }
    String page = Files.exists(this.page) ? Files.readString(this.page) : BEGIN + END;
    int begin = page.indexOf(BEGIN);
    int end = page.indexOf(END);
    if (begin < 0 || end < begin) {
      throw new IOException(this.page + " has no lines '" + BEGIN + "' and '" + END + "'");
    }
    Files.writeString(
        this.page,
        page.substring(0, begin)
            + BEGIN
            + "\n\n| promised | bound | found | met |\n|---|---|---|---|\n"
            + promises
            + "\n"
            + sections
            + page.substring(end));
  }

  private static void promise(Bound bound, Case of, Measures measures, StringBuilder lines) {
    Optional<Spread> found = bound.found(measures);
    lines.append(
        "| [%s](#%s): %s | %s | %s | %s |\n"
            .formatted(
                of.title(),
                of.title().toLowerCase().replaceAll("[^a-z0-9 ]", "").replace(' ', '-'),
                bound.what(),
                bound.required(),
                found.map(Spread::toString).orElse("not measured"),
                found.map(spread -> bound.met(spread) ? "yes" : "**no**").orElse("")));
  }

  private static void section(Case what, Measures measures, StringBuilder lines) {
    Set<String> programs = new LinkedHashSet<>();
    Set<String> quantities = new LinkedHashSet<>();
    for (Measures.Series series : measures.all()) {
      programs.add(series.of());
      quantities.add(series.quantity());
    }
    lines.append("### %s\n\n%s\n\n".formatted(what.title(), what.about()));
    lines.append("| |").append(cells(quantities)).append("\n|---|");
    lines.append("---|".repeat(quantities.size())).append('\n');
    for (String program : programs) {
      List<String> row = new ArrayList<>();
      for (String quantity : quantities) {
        Optional<List<Double>> values = measures.of(new Measures.Series(program, quantity));
        row.add(values.map(found -> Spread.of(found).toString()).orElse("–"));
      }
      lines.append("| %s |".formatted(program)).append(cells(row)).append('\n');
    }
    lines.append("\n![%s](performance/%s.svg)\n\n".formatted(what.pictured(), what.name()));
  }

  private static String cells(Iterable<String> words) {
    StringBuilder cells = new StringBuilder();
    words.forEach(word -> cells.append(' ').append(word).append(" |"));
    return cells.toString();
  }
}

package bench;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * Draws one quantity of a case: a bar to the middle, a whisker over the spread, a line per bound.
 */
final class Chart {

  private static final int WIDTH = 760;
  private static final int LEFT = 210;
  private static final int BARS = 420;
  private static final int TOP = 46;
  private static final int BAR = 20;
  private static final int GAP = 14;
  private static final int NOTE = 14;
  private static final int ROOM_FOR_WORDS = 200;

  private record Row(Measures.Series series, Spread spread, List<Bound> bounds) {

    int height() {
      return BAR + GAP + NOTE * bounds.size();
    }
  }

  private final Measures measures;
  private final List<Row> rows = new ArrayList<>();
  private final StringBuilder svg = new StringBuilder();
  private final double scale;

  private Chart(Case what, Measures measures) {
    this.measures = measures;
    double most = 0;
    for (Measures.Series series : measures.all()) {
      if (series.quantity().equals(what.pictured())) {
        List<Bound> bounds =
            what.bounds().stream()
                .filter(bound -> bound.ours().equals(series) && bound.line(measures).isPresent())
                // from the right to the left, so that no line crosses another one's words
                .sorted(Comparator.comparingDouble(bound -> -line(bound)))
                .toList();
        Row row = new Row(series, Spread.of(measures.of(series).orElseThrow()), bounds);
        rows.add(row);
        most = Math.max(most, row.spread().most());
        for (Bound bound : bounds) {
          most = Math.max(most, line(bound));
        }
      }
    }
    scale = BARS / most;
  }

  /** As SVG. */
  static String of(Case what, Measures measures) {
    return new Chart(what, measures).draw(what.title() + ": " + what.pictured());
  }

  private String draw(String title) {
    int height = TOP + rows.stream().mapToInt(Row::height).sum();
    add(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\""
            + " viewBox=\"0 0 %1$d %2$d\" font-family=\"sans-serif\" font-size=\"13\">",
        WIDTH, height);
    add("<rect width=\"100%%\" height=\"100%%\" fill=\"#ffffff\"/>");
    add("<text x=\"12\" y=\"26\" font-size=\"15\" font-weight=\"bold\">%s</text>", title);
    int y = TOP;
    for (Row row : rows) {
      draw(row, y);
      y += row.height();
    }
    return svg.append("</svg>\n").toString();
  }

  private void draw(Row row, int y) {
    Spread spread = row.spread();
    int middle = y + BAR / 2;
    String colour = row.series().of().startsWith("mediadrop") ? "#2b6cb0" : "#a0aec0";
    add(
        "<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%s</text>",
        LEFT - 8, middle + 4, row.series().of());
    add(
        "<rect x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\" fill=\"%s\"/>",
        LEFT, y, Math.max(1, spread.median() * scale), BAR, colour);
    if (spread.most() > spread.least()) {
      add(
          "<path d=\"M%.1f %dv8m0 -4H%.1fm0 -4v8\" stroke=\"#1a202c\" fill=\"none\"/>",
          at(spread.least()), middle - 4, at(spread.most()));
    }
    double right = row.bounds().stream().mapToDouble(this::line).reduce(spread.most(), Math::max);
    add(
        "<text x=\"%.1f\" y=\"%d\">%s</text>",
        at(right) + 8, middle + 4, Spread.number(spread.median()));
    int note = y + BAR;
    for (Bound bound : row.bounds()) {
      note += NOTE;
      draw(bound, y, note);
    }
  }

  private void draw(Bound bound, int top, int note) {
    double x = at(line(bound));
    add("<path d=\"M%.1f %dV%d\" stroke=\"#c53030\" stroke-width=\"2\"/>", x, top - 3, note - 2);
    boolean right = x < WIDTH - ROOM_FOR_WORDS;
    add(
        "<text x=\"%.1f\" y=\"%d\" font-size=\"11\" fill=\"#c53030\" text-anchor=\"%s\">%s</text>",
        right ? x + 5 : x - 5, note - 2, right ? "start" : "end", words(bound));
  }

  private double line(Bound bound) {
    return bound.line(measures).orElseThrow();
  }

  private static String words(Bound bound) {
    String factor = bound.theirs() == null ? "" : " × " + bound.theirs().of();
    return bound.required() + factor;
  }

  private double at(double value) {
    return LEFT + value * scale;
  }

  private void add(String format, Object... values) {
    svg.append(String.format(Locale.ROOT, format, values)).append('\n');
  }
}

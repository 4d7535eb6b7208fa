package io.mediadrop.health;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The table of troubles in docs/operations.md. */
final class TroubleTable {

  private static final String HEAD = "| trouble | `live` | `ready` | check | says |";

  private TroubleTable() {}

  /** One trouble, as it is told there. */
  record Row(String trouble, String live, String ready, String check, String says) {

    private static Row of(String line) {
      List<String> cells =
          Stream.of(line.split("\\|")).skip(1).map(cell -> cell.strip().replace("`", "")).toList();
      return new Row(cells.get(0), cells.get(1), cells.get(2), cells.get(3), cells.get(4));
    }

    @Override
    public String toString() {
      return trouble;
    }
  }

  static List<Row> rows() {
    try {
      return Files.readAllLines(Path.of("docs/operations.md")).stream()
          .dropWhile(line -> !line.equals(HEAD))
          .skip(2)
          .takeWhile(line -> line.startsWith("|"))
          .map(Row::of)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

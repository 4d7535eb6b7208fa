package bench;

import java.util.List;

/** Something that is measured, some rounds of it, and what is promised of it. */
interface Case {

  /** As in {@code bench/run <name>}. */
  String name();

  /** A heading. */
  String title();

  /** How it is measured, for the report. */
  String about();

  default int rounds() {
    return 3;
  }

  /** Lets every program have its turn once. */
  void round(Lab lab, Measures measures) throws Exception;

  List<Bound> bounds();

  /** What the report's picture shows. */
  String pictured();
}

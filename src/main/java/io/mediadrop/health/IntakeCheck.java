package io.mediadrop.health;

import io.mediadrop.base.Printable;
import io.mediadrop.lane.Intake;
import java.util.Map;
import java.util.TreeMap;

/** Whether files are taken from the folders. */
final class IntakeCheck {

  private final Intake intake;

  IntakeCheck(Intake intake) {
    this.intake = intake;
  }

  /** What is in the way, if anything is. */
  Finding look() {
    Map<Intake.Trouble, String> troubles = new TreeMap<>(intake.troubles());
    if (!troubles.isEmpty()) {
      return Finding.trouble(
          "no files are taken: "
              + Printable.of(String.join("; ", troubles.values()))
              + Says.GOES_ON);
    }
    return intake.isStopping()
        ? Finding.trouble("mediadrop is stopping; what is left is taken at the next start")
        : Finding.well("files are taken");
  }
}

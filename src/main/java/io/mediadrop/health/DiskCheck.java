package io.mediadrop.health;

import io.mediadrop.file.Home;
import io.mediadrop.lane.Intake;
import io.mediadrop.lane.Intake.Trouble;

/** Whether the disks of the home have room and can be written. */
final class DiskCheck {

  private final Home home;
  private final Intake intake;

  DiskCheck(Home home, Intake intake) {
    this.home = home;
    this.intake = intake;
  }

  /** How they were at the last look, some seconds ago. */
  Finding look() {
    String shortage = intake.troubles().get(Trouble.SPACE);
    String trouble = shortage == null ? home.diskWatch().trouble().orElse(null) : shortage;
    long free = home.diskWatch().free();
    Finding finding =
        trouble == null
            ? Finding.well("the disks have room and can be written")
            : Finding.trouble(trouble + Says.GOES_ON);
    return finding.with("freeMiB", free < 0 ? null : free >> 20);
  }
}

package io.mediadrop.lanefile;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.mediadrop.file.Home;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The file among the home's data that says how the lanes are while mediadrop runs. */
public class LaneReportFile {

  private static final Logger LOG = LoggerFactory.getLogger("mediadrop.lane");

  private final Home home;
  private final ObjectMapper json;
  private List<LaneReport.Entry> written;
  private boolean told;

  LaneReportFile(Home home, ObjectMapper json) {
    this.home = home;
    this.json = json;
  }

  /** Where the report lies in a home's data. */
  public static Path in(Path data) {
    return data.resolve("lanes.json");
  }

  /** Writes the report if it says something new. */
  void write(List<LaneReport.Entry> entries) {
    if (entries.equals(written)) {
      return;
    }
    try {
      Path report = in(home.data());
      String unfinished = report.getFileName() + ".tmp";
      home.makePrivate(unfinished);
      Files.write(
          report.resolveSibling(unfinished), json.writeValueAsBytes(LaneReport.of(entries)));
      // in one step: otherwise the old one is removed first, and a reader may find none
      Files.move(report.resolveSibling(unfinished), report, StandardCopyOption.ATOMIC_MOVE);
      written = entries;
      told = false;
    } catch (IOException e) {
      if (!told) {
        told = true;
        LOG.warn("{} cannot be written: {}", in(home.data()), e.toString());
      }
    }
  }

  /** Removes the report. */
  void delete() {
    try {
      Files.deleteIfExists(in(home.data()));
    } catch (IOException e) {
      LOG.warn("{} cannot be removed: {}", in(home.data()), e.toString());
    }
  }
}

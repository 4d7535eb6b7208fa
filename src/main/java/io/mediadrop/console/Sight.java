package io.mediadrop.console;

import io.mediadrop.file.Home;
import io.mediadrop.lane.Intake;
import io.mediadrop.lane.Lane;
import io.mediadrop.lane.Lanes;
import io.mediadrop.lanefile.LaneFiles;
import io.mediadrop.lanefile.LaneReport.Entry;
import io.mediadrop.ledger.LaneCounts;
import io.mediadrop.ledger.Ledger;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.apache.camel.CamelContext;

/** What is seen by whoever looks at a running mediadrop. */
final class Sight {

  private static final String UPLOADED_SINCE =
      "SELECT COUNT(*) FROM uploads WHERE removed_at IS NULL AND uploaded_at >= ?";

  private final Home home;
  private final Lanes lanes;
  private final LaneFiles laneFiles;
  private final Ledger ledger;
  private final RefusedList refused;
  private final ToDoList toDo;

  Sight(
      CamelContext context,
      Home home,
      Intake intake,
      Lanes lanes,
      LaneFiles laneFiles,
      Ledger ledger,
      RefusedList refused) {
    this.home = home;
    this.lanes = lanes;
    this.laneFiles = laneFiles;
    this.ledger = ledger;
    this.refused = refused;
    toDo = new ToDoList(context, intake);
  }

  /** How all is. */
  Overview overview() {
    List<LaneRow> rows = lanes();
    Overview.Counts counts =
        new Overview.Counts(
            rows.stream().mapToInt(LaneRow::uploading).sum(),
            rows.stream().mapToInt(LaneRow::waiting).sum(),
            rows.stream().mapToInt(LaneRow::inDoubt).sum(),
            rows.stream().mapToInt(row -> Math.max(0, row.inFolder())).sum(),
            uploadedToday(),
            rows.stream().mapToInt(LaneRow::failedToday).sum());
    String version = Sight.class.getPackage().getImplementationVersion();
    return Overview.of(
        toDo.of(laneFiles.entries(), (int) refused.all().count()),
        rows.size(),
        counts,
        home.diskWatch().free() < 0 ? -1 : home.diskWatch().free() >> 20,
        version == null ? "" : version);
  }

  /** Each lane once, by name. */
  List<LaneRow> lanes() {
    Map<String, LaneCounts> counts = ledger.read(handle -> LaneCounts.read(handle, true));
    return laneFiles.entries().stream()
        .map(lane -> row(lane, counts.getOrDefault(lane.name(), LaneCounts.NONE)))
        .toList();
  }

  private LaneRow row(Entry entry, LaneCounts counts) {
    Lane lane = lanes.byName(entry.name());
    return LaneRow.of(entry, counts, lane == null ? -1 : lane.reach().files());
  }

  /** The files that were refused, the last one first. */
  List<RefusedList.Line> refused() {
    return refused.all().map(refused::lineOf).toList();
  }

  private int uploadedToday() {
    ZoneId here = ZoneId.systemDefault();
    long midnight = LocalDate.now(here).atStartOfDay(here).toInstant().toEpochMilli();
    return ledger.read(
        handle -> handle.createQuery(UPLOADED_SINCE).bind(0, midnight).mapTo(Integer.class).one());
  }
}

package io.mediadrop.archive;

import com.fasterxml.jackson.databind.JsonNode;
import io.mediadrop.drop.AssetRecord;
import io.mediadrop.file.FileStamp;
import io.mediadrop.file.Home;
import io.mediadrop.ledger.Companion;
import io.mediadrop.ledger.RestoredUpload.PlacedCompanion;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What a receipt names besides the upload itself: files behind items, companions, and how they are
 * now.
 */
class BesideReceipts {

  private static final FileStamp NOTHING = new FileStamp(FileStamp.Kind.FILE, 0, 0, 0, "");

  private final Home home;

  BesideReceipts(Home home) {
    this.home = home;
  }

  /** The file at a place below a folder; of no size and time if it was taken away since. */
  FileStamp stamp(Path folder, String place) {
    try {
      return FileStamp.of(folder.resolve(place));
    } catch (IOException e) {
      return NOTHING;
    }
  }

  /** What became of the files behind its items. */
  List<AssetRecord> assets(JsonNode receipt) {
    List<AssetRecord> assets = new ArrayList<>();
    for (JsonNode line : receipt.path("assets")) {
      String place = line.path("archived").asText(null);
      assets.add(
          new AssetRecord(
              line.path("item").asText(),
              place,
              line.path("size").longValue(),
              place != null,
              line.path("refused").asText(null),
              null));
    }
    return assets;
  }

  /** What was put beside its original. */
  List<PlacedCompanion> companions(JsonNode receipt) {
    List<PlacedCompanion> companions = new ArrayList<>();
    for (JsonNode line : receipt.path("companions")) {
      boolean failed = line.path("failed").isTextual();
      String place = line.path(failed ? "failed" : "archived").asText();
      FileStamp stamp = stamp(failed ? home.failed() : home.archive(), place);
      companions.add(
          new PlacedCompanion(
              new Companion(line.path("file").asText(), failed, place),
              stamp.size(),
              stamp.modified()));
    }
    return companions;
  }
}

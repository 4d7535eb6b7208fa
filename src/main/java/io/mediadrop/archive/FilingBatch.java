package io.mediadrop.archive;

import io.mediadrop.drop.Drop;
import io.mediadrop.drop.Filed;
import io.mediadrop.file.FileStamp;
import io.mediadrop.file.SafeMove;
import io.mediadrop.ledger.Ledger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Puts several uploaded files into the archive step by step, each step for all of them before the
 * next, so that folders are synced once for all and the ledger is written once. The order of the
 * steps of each file is that of {@link UploadedFiles}, which also does whatever is out of the
 * ordinary.
 */
class FilingBatch {

  private final Ledger ledger;
  private final SplitAnswers splitAnswers;
  private final Originals originals;
  private final SentFiles sentFiles;
  private final Receipts receipts;
  private final UploadedFiles uploadedFiles;

  FilingBatch(
      Ledger ledger,
      SplitAnswers splitAnswers,
      Originals originals,
      SentFiles sentFiles,
      Receipts receipts,
      UploadedFiles uploadedFiles) {
    this.ledger = ledger;
    this.splitAnswers = splitAnswers;
    this.originals = originals;
    this.sentFiles = sentFiles;
    this.receipts = receipts;
    this.uploadedFiles = uploadedFiles;
  }

  /** Files those drops that are ordinary, and returns them. */
  List<Drop> file(List<Drop> drops) throws IOException {
    Map<Drop, Split> ordinary = new LinkedHashMap<>();
    for (Drop drop : drops) {
      if (isOrdinary(drop)) {
        Split split = splitAnswers.take(drop);
        if (!split.uploaded().media().path("hasError").asBoolean()) {
          ordinary.put(drop, split);
        }
      }
    }
    if (ordinary.isEmpty()) {
      return List.of();
    }
    long mounting = originals.requireDisks();
    Map<Drop, FileStamp> linked = link(ordinary.keySet());
    for (Drop drop : linked.keySet()) {
      receipts.put(ordinary.get(drop).uploaded(), true);
      ordinary.get(drop).put();
    }
    SafeMove.syncFoldersOf(linked.keySet().stream().map(originals::original));
    ledger.sync();
    List<Drop> moved = unlink(linked);
    SafeMove.syncFoldersOf(moved.stream().map(Drop::source));
    uploadedFiles.record(
        moved.stream()
            .map(drop -> new Filed(drop, ordinary.get(drop).uploaded(), drop.archivePath(), null))
            .toList(),
        mounting);
    return moved;
  }

  private Map<Drop, FileStamp> link(Collection<Drop> drops) throws IOException {
    Map<Drop, FileStamp> linked = new LinkedHashMap<>();
    for (Drop drop : drops) {
      FileStamp moved = FileStamp.of(drop.source());
      if (SafeMove.link(drop.source(), originals.original(drop))) {
        linked.put(drop, moved);
      }
    }
    return linked;
  }

  /** Whoever has changed it meanwhile has changed what lies at its place too. */
  private List<Drop> unlink(Map<Drop, FileStamp> linked) throws IOException {
    List<Drop> moved = new ArrayList<>();
    for (Map.Entry<Drop, FileStamp> each : linked.entrySet()) {
      Drop drop = each.getKey();
      Path original = originals.original(drop);
      if (sentFiles.isSent(drop, original)
          && SafeMove.unlink(drop.source(), original, each.getValue())) {
        moved.add(drop);
      }
    }
    return moved;
  }

  private boolean isOrdinary(Drop drop) throws IOException {
    return splitAnswers.isReady(drop)
        && !drop.tainted()
        && drop.sidecar() == null
        && originals.takesNames(drop)
        && !Files.exists(originals.original(drop), LinkOption.NOFOLLOW_LINKS)
        && sentFiles.isSent(drop, drop.source());
  }
}

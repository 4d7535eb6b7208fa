package io.mediadrop.archive;

import io.mediadrop.drop.Drop;
import io.mediadrop.drop.Filed;
import io.mediadrop.drop.Uploaded;
import io.mediadrop.file.SafeMove;
import io.mediadrop.ledger.UploadRecords;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Files an uploaded drop: original and receipt into the archive, and then into the ledger. */
class UploadedFiles {

  private static final Logger LOG = LoggerFactory.getLogger("mediadrop");

  private final UploadRecords uploadRecords;
  private final SplitAnswers splitAnswers;
  private final Originals originals;
  private final OriginalMove move;
  private final RefusedFiles refusedFiles;
  private final Receipts receipts;
  private final FiledOriginals filedOriginals;

  UploadedFiles(
      UploadRecords uploadRecords,
      SplitAnswers splitAnswers,
      Originals originals,
      OriginalMove move,
      RefusedFiles refusedFiles,
      Receipts receipts,
      FiledOriginals filedOriginals) {
    this.uploadRecords = uploadRecords;
    this.splitAnswers = splitAnswers;
    this.originals = originals;
    this.move = move;
    this.refusedFiles = refusedFiles;
    this.receipts = receipts;
    this.filedOriginals = filedOriginals;
  }

  void archive(Drop uploadedDrop) throws IOException {
    long mounting = originals.requireDisks();
    Drop drop = originals.placed(uploadedDrop);
    Path original = originals.original(drop);
    Split split = splitAnswers.take(drop);
    boolean faulty = split.uploaded().media().path("hasError").asBoolean();
    String failed = faulty ? refusedFiles.takeFaulty(drop, drop.source()) : null;
    boolean kept = !faulty && move.once(drop, original);
    if (kept) {
      SidecarMove.after(drop, drop.source(), original);
    }
    // it may have been superseded
    Uploaded uploaded = kept || faulty ? split.uploaded() : uploadRecords.of(drop);
    receipts.put(uploaded, kept);
    split.put();
    SafeMove.syncFolder(original.getParent());
    record(List.of(new Filed(drop, uploaded, kept ? drop.archivePath() : null, failed)), mounting);
  }

  /**
   * Records that these are filed, and says so.
   *
   * @param mounting the mark of the mounting that their receipts were written through
   */
  void record(List<Filed> all, long mounting) {
    uploadRecords.filed(all, mounting);
    all.stream()
        .filter(filed -> filed.archived() != null)
        .forEach(filed -> filedOriginals.filed(filed.drop()));
    for (Filed filed : all) {
      refusedFiles.forgetReason(filed.drop());
      if (filed.uploaded().duplicateOf() == null) {
        LOG.info(
            "{} is uploaded as media {} and archived", filed.drop(), mediaId(filed.uploaded()));
      }
    }
  }

  private static String mediaId(Uploaded uploaded) {
    return uploaded.media().path("id").asText("(none yet)");
  }
}

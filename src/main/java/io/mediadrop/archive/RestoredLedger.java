package io.mediadrop.archive;

import com.fasterxml.jackson.databind.JsonNode;
import io.mediadrop.base.PassingTrouble;
import io.mediadrop.file.Home;
import io.mediadrop.ledger.KnownUploads;
import io.mediadrop.ledger.LedgerAge;
import io.mediadrop.ledger.RestoredUpload;
import io.mediadrop.ledger.RestoredUploads;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.JdbiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes a ledger whole that was put back from a copy, from all receipts in the archive. */
class RestoredLedger {

  private static final Logger LOG = LoggerFactory.getLogger("mediadrop");

  /** Uploads that are added at a time. */
  private static final int BATCH = 200;

  /** A receipt of an upload that the ledger does not have. */
  private record Missing(long id, Path receipt) {}

  private final Home home;
  private final KnownUploads known;
  private final LedgerAge age;
  private final ArchivedReceipts receipts;
  private final RestoredUploads uploads;
  private final ReceiptReader reader;
  private final RestoredCounts counts = new RestoredCounts();
  private Set<String> connections;

  RestoredLedger(
      Home home,
      KnownUploads known,
      LedgerAge age,
      ArchivedReceipts receipts,
      RestoredUploads uploads) {
    this.home = home;
    this.known = known;
    this.age = age;
    this.receipts = receipts;
    this.uploads = uploads;
    reader = new ReceiptReader(home);
  }

  /** Whether the ledger would take an upload of which it knows nothing: it is of its own making. */
  boolean takes(JsonNode receipt) {
    return reader.read(receipt, receipt.path("file").asText()).filter(this::isOwn).isPresent();
  }

  /** The marks of connections are each ledger's own. */
  private boolean isOwn(RestoredUpload upload) {
    if (connections == null) {
      connections = known.connections();
    }
    return age.isOlder() && age.isOwn() || connections.contains(upload.uploaded().connection());
  }

  /**
   * Looks through the whole archive.
   *
   * @throws PassingTrouble if that cannot come to its end; the next start goes on with it
   */
  void make() {
    LOG.info(
        "The ledger is older than its home {}; it is made whole from the receipts, which can take"
            + " minutes",
        home.root());
    try {
      for (Path day : receipts.days()) {
        make(day);
      }
      uploads.giveUpVanished();
    } catch (IOException | JdbiException e) {
      throw new PassingTrouble(
          "the ledger is older than its home %s and cannot be made whole from the receipts in archive/: %s"
              .formatted(home.root(), e.getMessage()),
          e);
    }
    counts.tell(home);
  }

  private void make(Path day) throws IOException {
    List<Missing> missing = new ArrayList<>();
    for (Path receipt : receipts.unknownIn(day, Long.MAX_VALUE, Long.MAX_VALUE)) {
      Optional<JsonNode> read = receipts.read(receipt);
      Optional<RestoredUpload> upload =
          read.flatMap(json -> upload(json, receipt)).filter(this::isOwn);
      if (upload.isEmpty()) {
        counts.unknown += read.filter(known::has).isPresent() ? 0 : 1;
      } else if (uploads.isUnderWay(upload.get().uploaded())) {
        uploads.end(upload.get());
        counts.ended++;
      } else {
        missing.add(new Missing(upload.get().uploaded().id(), receipt));
      }
    }
    missing.sort(Comparator.comparingLong(Missing::id));
    for (int from = 0; from < missing.size(); from += BATCH) {
      add(missing.subList(from, Math.min(from + BATCH, missing.size())));
    }
  }

  private void add(List<Missing> missing) {
    List<RestoredUpload> all =
        missing.stream()
            .flatMap(
                each ->
                    receipts
                        .read(each.receipt())
                        .flatMap(json -> upload(json, each.receipt()))
                        .stream())
            .filter(upload -> !known.has(upload.uploaded()))
            .toList();
    counts.added += uploads.add(all);
  }

  private Optional<RestoredUpload> upload(JsonNode json, Path receipt) {
    return reader.read(json, receipts.originalOf(receipt));
  }
}

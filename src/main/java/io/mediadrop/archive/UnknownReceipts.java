package io.mediadrop.archive;

import com.fasterxml.jackson.databind.JsonNode;
import io.mediadrop.base.Printable;
import io.mediadrop.file.Home;
import io.mediadrop.ledger.KnownUploads;
import io.mediadrop.ledger.LedgerAge;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices at the start, before anything is taken, that the ledger is older than its home, and has
 * it made whole from the receipts. Where the two have come equally far, or nobody knows, such as
 * beside another home's archive, the receipts of each lane's newest day tell, however many others
 * there are.
 */
class UnknownReceipts {

  private static final Logger LOG = LoggerFactory.getLogger("mediadrop");

  /** Entries of a day that are looked at, and receipts that are read, at most. */
  private static final int MOST_ENTRIES = 200_000;

  private static final int MOST_READ = 100;

  private final Home home;
  private final KnownUploads uploads;
  private final LedgerAge age;
  private final ArchivedReceipts receipts;
  private final RestoredLedger restored;

  UnknownReceipts(
      Home home,
      KnownUploads uploads,
      LedgerAge age,
      ArchivedReceipts receipts,
      RestoredLedger restored) {
    this.home = home;
    this.uploads = uploads;
    this.age = age;
    this.receipts = receipts;
    this.restored = restored;
  }

  /** Has one look; ledger and home are of one age after it. */
  void look() {
    List<JsonNode> unknown =
        age.isOlder()
            ? List.of()
            : receipts.newestDays().stream().flatMap(this::unknownIn).toList();
    if (age.isOlder() || unknown.stream().anyMatch(restored::takes)) {
      restored.make();
    } else {
      unknown.stream()
          .max(Comparator.comparing(UnknownReceipts::time))
          .filter(newest -> uploads.isNews(time(newest)))
          .ifPresent(newest -> warn(unknown.size(), newest));
    }
    age.raiseIfPossible();
  }

  private void warn(int count, JsonNode newest) {
    LOG.warn(
        "The ledger knows nothing of {} uploads in the archive {}{}, such as {} of {}, and they are not"
            + " of its making. Was data/ removed, or another home's archive moved in? What was uploaded"
            + " and still lies in a watched folder, or on a server with 'after: keep', is uploaded again"
            + " now, and what is dropped again, then; events that were still to be told are not. If there"
            + " is a copy of data/, stop mediadrop at once and put that in place; if there is none, this"
            + " has to be accepted: the receipts (*.media.json) say what was uploaded",
        count,
        home.archive(),
        count >= MOST_READ ? " or more" : "",
        Printable.of(newest.path("archived").asText(newest.path("file").asText())),
        time(newest));
  }

  private Stream<JsonNode> unknownIn(Path day) {
    try {
      return receipts.unknownIn(day, MOST_ENTRIES, MOST_READ).stream()
          .flatMap(file -> receipts.read(file).stream())
          .filter(receipt -> !uploads.has(receipt));
    } catch (IOException e) {
      LOG.debug("{} cannot be looked through", day, e);
      return Stream.empty();
    }
  }

  static String time(JsonNode receipt) {
    return receipt.path("uploadedAt").asText();
  }
}

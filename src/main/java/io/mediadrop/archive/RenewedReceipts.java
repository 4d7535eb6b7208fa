package io.mediadrop.archive;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mediadrop.drop.Uploaded;
import io.mediadrop.file.FileNames;
import io.mediadrop.file.Home;
import io.mediadrop.file.SafeMove;
import io.mediadrop.ledger.UploadRecords;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes receipts in the home anew, with what has become known since the original was filed. */
class RenewedReceipts {

  private final Home home;
  private final UploadRecords uploadRecords;
  private final Receipts receipts;
  private final ObjectMapper json;

  RenewedReceipts(Home home, UploadRecords uploadRecords, Receipts receipts, ObjectMapper json) {
    this.home = home;
    this.uploadRecords = uploadRecords;
    this.receipts = receipts;
    this.json = json;
  }

  /**
   * Replaces the receipt of the upload of the drop with this id, unless somebody has taken it away.
   *
   * @return what is known of the upload now
   */
  Uploaded renew(long dropId) throws IOException {
    receipts.anew().lock();
    try {
      Uploaded now = uploadRecords.ofDrop(dropId);
      Path file = home.archive().resolve(FileNames.receipt(now.archivePath()));
      if (Files.exists(file)) {
        SafeMove.replace(file, receipts.write(now, isKept(file)));
      }
      return now;
    } finally {
      receipts.anew().unlock();
    }
  }

  /** Whether the receipt says that the original is beside it; no more of it is read than that. */
  private boolean isKept(Path receipt) throws IOException {
    try (JsonParser parser = json.createParser(receipt.toFile())) {
      parser.nextToken();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        boolean sought = parser.currentName().equals("archived");
        JsonToken value = parser.nextToken();
        if (sought) {
          return value == JsonToken.VALUE_STRING;
        }
        parser.skipChildren();
      }
      return false;
    }
  }
}

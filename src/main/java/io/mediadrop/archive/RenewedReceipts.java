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
import org.apache.camel.Variable;

/** Writes receipts in the home anew, with what has become known since the original was filed. */
public class RenewedReceipts {

  private Home home;
  private UploadRecords uploadRecords;
  private Receipts receipts;
  private ObjectMapper json;

  /**
   * Replaces the receipt of an upload, unless somebody has taken it away.
   *
   * @return what is known of the upload now
   */
  public Uploaded renew(@Variable("uploaded") Uploaded before) throws IOException {
    return renew(before.id());
  }

  /** The same for the upload of the drop with this id. */
  Uploaded renew(String dropId) throws IOException {
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

  public void setHome(Home home) {
    this.home = home;
  }

  public void setUploadRecords(UploadRecords uploadRecords) {
    this.uploadRecords = uploadRecords;
  }

  public void setReceipts(Receipts receipts) {
    this.receipts = receipts;
  }

  public void setJson(ObjectMapper json) {
    this.json = json;
  }
}

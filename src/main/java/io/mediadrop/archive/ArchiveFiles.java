package io.mediadrop.archive;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mediadrop.ledger.Uploaded;
import org.apache.camel.Body;
import org.apache.camel.Variable;

/** Names what is sent to the archive endpoint, and decides what that is. */
public class ArchiveFiles {

  private Home home;
  private Receipts receipts;
  private String uri;

  /** The path of the array of items, below the archive. */
  public String assets(@Variable("uploaded") Uploaded uploaded) {
    return FileNames.assets(uploaded.archivePath());
  }

  /** The path of one item, below the archive. */
  public String item(@Variable("uploaded") Uploaded uploaded, @Body ObjectNode item) {
    return FileNames.item(uploaded.archivePath(), item.path("item").asText());
  }

  /** The path of the receipt, below the archive. */
  public String receiptName(@Variable("uploaded") Uploaded uploaded) {
    return FileNames.receipt(uploaded.archivePath());
  }

  /** The receipt. */
  public byte[] receipt(@Variable("uploaded") Uploaded uploaded) {
    return receipts.write(uploaded, true);
  }

  /** Whether the archive endpoint is another place than the home, where the receipt is already. */
  public boolean isElsewhere() {
    return !uri.startsWith("file:" + home.archive());
  }

  public void setHome(Home home) {
    this.home = home;
  }

  public void setReceipts(Receipts receipts) {
    this.receipts = receipts;
  }

  public void setUri(String uri) {
    this.uri = uri;
  }
}

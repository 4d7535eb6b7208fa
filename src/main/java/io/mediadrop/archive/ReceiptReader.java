package io.mediadrop.archive;

import com.fasterxml.jackson.databind.JsonNode;
import io.mediadrop.drop.Part;
import io.mediadrop.drop.Sidecar;
import io.mediadrop.drop.UploadPlan;
import io.mediadrop.drop.Uploaded;
import io.mediadrop.file.FileNames;
import io.mediadrop.file.FileStamp;
import io.mediadrop.file.Home;
import io.mediadrop.ledger.RestoredUpload;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads in a receipt what the ledger would need of an upload. */
class ReceiptReader {

  private final Home home;
  private final BesideReceipts beside;

  ReceiptReader(Home home) {
    this.home = home;
    beside = new BesideReceipts(home);
  }

  /**
   * The upload; empty where the receipt does not say enough, as those of earlier versions do not.
   *
   * @param original what the receipt lies beside, below the archive
   */
  Optional<RestoredUpload> read(JsonNode receipt, String original) {
    String place = receipt.path("archived").asText(original);
    List<Part> parts = parts(receipt);
    boolean enough =
        receipt.path("id").isNumber()
            && List.of("claimedAt", "uploadedAt", "lane", "connection", "file").stream()
                .allMatch(field -> receipt.path(field).isTextual())
            && receipt.path("response").isObject()
            && !parts.isEmpty()
            && isBelow(home.archive(), place);
    try {
      return enough ? Optional.of(upload(receipt, place, parts)) : Optional.empty();
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static boolean isBelow(Path folder, String place) {
    return folder.resolve(place).normalize().startsWith(folder) && !place.isEmpty();
  }

  private RestoredUpload upload(JsonNode receipt, String place, List<Part> parts) {
    String session = receipt.path("mediaUploadId").asText(null);
    Uploaded uploaded =
        new Uploaded(
            receipt.get("id").longValue(),
            receipt.get("lane").asText(),
            receipt.get("connection").asText(),
            receipt.get("file").asText(),
            receipt.path("size").longValue(),
            receipt.path("checksum").asText(null),
            receipt.path("contentType").asText(null),
            session,
            receipt.get("response"),
            place,
            receipt.path("attempts").intValue(),
            receipt.path("adopted").booleanValue(),
            receipt.path("superseded").booleanValue(),
            receipt.path("resentInDoubt").intValue(),
            receipt.path("duplicateOf").isNumber() ? receipt.get("duplicateOf").longValue() : null,
            timeOf(receipt.get("claimedAt")),
            timeOf(receipt.get("uploadedAt")),
            receipt.path("givenUpAt").isTextual() ? timeOf(receipt.get("givenUpAt")) : null,
            sidecar(receipt, place));
    return new RestoredUpload(
        uploaded.id(),
        uploaded.duplicateOf(),
        uploaded,
        new UploadPlan(session, !uploaded.isInParts(), parts, "", 0),
        beside.stamp(home.archive(), place).modified(),
        beside.assets(receipt),
        beside.companions(receipt));
  }

  private static long timeOf(JsonNode time) {
    return Instant.parse(time.asText()).toEpochMilli();
  }

  /** The whole file as one, or what it was sent in; none where that is not known. */
  private static List<Part> parts(JsonNode receipt) {
    List<Part> parts = new ArrayList<>();
    String checksum = receipt.path("checksum").asText("");
    if (!checksum.contains("-")) {
      return List.of(new Part(1, "", 0, receipt.path("size").longValue()));
    }
    long offset = 0;
    for (JsonNode part : receipt.path("parts")) {
      parts.add(new Part(parts.size() + 1, "", offset, part.path("size").longValue()));
      offset += part.path("size").longValue();
    }
    return parts;
  }

  /** As it lies beside the original, whose session, if it names one, was used. */
  private Sidecar sidecar(JsonNode receipt, String place) {
    FileStamp stamp = beside.stamp(home.archive(), FileNames.sidecar(place));
    JsonNode data = receipt.path("data").isMissingNode() ? null : receipt.path("data");
    String reference = receipt.path("reference").asText(null);
    boolean none = stamp.size() == 0 && reference == null && (data == null || data.isNull());
    return none ? null : new Sidecar(reference, data, null, null, stamp.size(), stamp.modified());
  }
}

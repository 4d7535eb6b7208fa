package io.mediadrop.cli;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.mediadrop.drop.Reason;
import io.mediadrop.ledger.History.Entry;
import java.util.List;

/**
 * A file as the commands tell it in JSON.
 *
 * @param state {@code uploaded}, {@code duplicate}, {@code failed}, {@code gone} or, while it is
 *     under way, {@code begun}, {@code sending} or {@code waiting}
 * @param time when it was uploaded, refused or claimed: ISO 8601, UTC
 * @param stillToBeTold the endpoints that have not taken yet what is told of it; null where it was
 *     not looked up
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record FoundFile(
    long id,
    String lane,
    String file,
    String state,
    String time,
    long size,
    String checksum,
    String contentType,
    String mediaUploadId,
    String mediaId,
    String place,
    String duplicateOf,
    String reason,
    List<String> stillToBeTold) {

  static FoundFile of(Entry entry) {
    return of(entry, null);
  }

  static FoundFile of(Entry entry, List<String> stillToBeTold) {
    return new FoundFile(
        entry.id(),
        entry.lane(),
        entry.path(),
        stateOf(entry),
        entry.at().toString(),
        entry.size(),
        entry.checksum(),
        entry.contentType(),
        entry.mediaUploadId(),
        entry.mediaId(),
        entry.place(),
        entry.duplicateOf(),
        entry.reason() == null || !entry.reason().contains("\n")
            ? entry.reason()
            : Reason.ofColumn(entry.reason()).what(),
        stillToBeTold);
  }

  private static String stateOf(Entry entry) {
    return switch (entry.state()) {
      case "UPLOADED" -> entry.duplicateOf() == null ? "uploaded" : "duplicate";
      case "FAILED", "FAILED_MOVED" -> "failed";
      case "GONE", "MISSING" -> "gone";
      case "WAITING" -> "waiting";
      case "SENDING", "COMPLETING" -> "sending";
      default -> "begun";
    };
  }
}

package io.mediadrop.archive;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mediadrop.drop.AssetRecord;
import io.mediadrop.drop.MediaStatus;
import io.mediadrop.drop.Sidecar;
import io.mediadrop.drop.Uploaded;
import io.mediadrop.file.FileNames;
import io.mediadrop.file.Home;
import io.mediadrop.file.SafeMove;
import io.mediadrop.ledger.AssetRecords;
import io.mediadrop.ledger.Companion;
import io.mediadrop.ledger.CompanionRecords;
import io.mediadrop.ledger.SentParts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Writes the receipt of an uploaded file: what was sent, when, and the API's answer whole; and what
 * the ledger would need, should it ever have to be made again from receipts.
 */
class Receipts {

  private final Lock anew = new ReentrantLock();
  private final Home home;
  private final AssetRecords assetRecords;
  private final CompanionRecords companionRecords;
  private final SentParts sentParts;
  private final ObjectMapper json;

  Receipts(
      Home home,
      AssetRecords assetRecords,
      CompanionRecords companionRecords,
      SentParts sentParts,
      ObjectMapper json) {
    this.home = home;
    this.assetRecords = assetRecords;
    this.companionRecords = companionRecords;
    this.sentParts = sentParts;
    this.json = json;
  }

  /** To be held from reading what a receipt is to say anew until that is written and recorded. */
  Lock anew() {
    return anew;
  }

  /**
   * Writes the receipt to its place, durable once its folder and then it are synced.
   *
   * @param kept whether the original lies in the archive beside it
   */
  void put(Uploaded uploaded, boolean kept) throws IOException {
    SafeMove.write(place(uploaded), write(uploaded, kept));
  }

  /**
   * Writes the receipt anew, unless another upload's is there by now; it is on the disk then.
   *
   * @param kept whether the original lies in the archive beside it
   * @return false if another upload's is there
   */
  boolean replace(Uploaded uploaded, boolean kept) throws IOException {
    if (found(uploaded) == FoundReceipt.ANOTHERS) {
      return false;
    }
    SafeMove.replace(place(uploaded), write(uploaded, kept));
    return true;
  }

  /** What is where the receipt is to be. */
  FoundReceipt found(Uploaded uploaded) throws IOException {
    return FoundReceipt.at(place(uploaded), uploaded, json);
  }

  private Path place(Uploaded uploaded) {
    return home.archive().resolve(FileNames.receipt(uploaded.archivePath()));
  }

  /**
   * The receipt as JSON.
   *
   * @param kept whether the original lies in the archive beside it
   */
  public byte[] write(Uploaded uploaded, boolean kept) {
    ObjectNode receipt = json.createObjectNode();
    receipt.put("id", uploaded.id());
    receipt.put("lane", uploaded.lane());
    receipt.put("connection", uploaded.connection());
    receipt.put("file", uploaded.file());
    receipt.put("size", uploaded.size());
    receipt.put("checksum", uploaded.checksum());
    if (uploaded.isInParts()) {
      receipt.set("parts", parts(uploaded));
    }
    receipt.put("contentType", uploaded.contentType());
    receipt.put("mediaUploadId", uploaded.mediaUploadId());
    receipt.set(
        "mediaId",
        uploaded.media().path("id").isMissingNode()
            ? json.nullNode()
            : uploaded.media().path("id"));
    receipt.put("status", MediaStatus.of(uploaded.media()).word());
    receipt.put("givenUpAt", timeOf(uploaded.givenUpAt()));
    receipt.put("claimedAt", timeOf(uploaded.claimedAt()));
    receipt.put("uploadedAt", Instant.ofEpochMilli(uploaded.uploadedAt()).toString());
    receipt.put("attempts", uploaded.attempts());
    receipt.put("adopted", uploaded.adopted());
    receipt.put("superseded", uploaded.superseded());
    receipt.put("resentInDoubt", uploaded.resent());
    receipt.put("duplicateOf", uploaded.duplicateOf());
    receipt.put("archived", kept ? uploaded.archivePath() : null);
    Sidecar.addTo(receipt, uploaded.sidecar());
    ArrayNode assets = assets(uploaded);
    if (!assets.isEmpty()) {
      receipt.set("assets", assets);
    }
    ArrayNode companions = companions(uploaded);
    if (!companions.isEmpty()) {
      receipt.set("companions", companions);
    }
    receipt.set("response", uploaded.answer());
    try {
      return json.writerWithDefaultPrettyPrinter().writeValueAsBytes(receipt);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the receipt could not be written", e);
    }
  }

  /**
   * As the ledger has them, or, where it has forgotten them, as they were written down at first.
   */
  private JsonNode parts(Uploaded uploaded) {
    ArrayNode parts = json.createArrayNode();
    sentParts
        .of(uploaded.id())
        .forEach(part -> parts.addObject().put("size", part.size()).put("md5", part.md5()));
    return parts.isEmpty() ? partsWrittenBefore(uploaded) : parts;
  }

  private JsonNode partsWrittenBefore(Uploaded uploaded) {
    Path before = home.archive().resolve(FileNames.receipt(uploaded.archivePath()));
    try {
      JsonNode receipt = Files.exists(before) ? json.readTree(before.toFile()) : json.nullNode();
      boolean own = receipt.path("claimedAt").asText().equals(timeOf(uploaded.claimedAt()));
      return own && receipt.has("parts") ? receipt.get("parts") : json.nullNode();
    } catch (IOException e) {
      return json.nullNode();
    }
  }

  private static String timeOf(Long millis) {
    return millis == null ? null : Instant.ofEpochMilli(millis).toString();
  }

  private ArrayNode assets(Uploaded uploaded) {
    ArrayNode lines = json.createArrayNode();
    for (AssetRecord asset : assetRecords.of(uploaded.id()).values()) {
      if (asset.archived()) {
        lines
            .addObject()
            .put("item", asset.item())
            .put("archived", asset.place())
            .put("size", asset.size());
      } else if (asset.refused() != null) {
        lines.addObject().put("item", asset.item()).put("refused", asset.refused());
      }
    }
    return lines;
  }

  private ArrayNode companions(Uploaded uploaded) {
    ArrayNode lines = json.createArrayNode();
    for (Companion companion : companionRecords.of(uploaded.id())) {
      lines
          .addObject()
          .put("file", companion.name())
          .put(companion.failed() ? "failed" : "archived", companion.place());
    }
    return lines;
  }
}

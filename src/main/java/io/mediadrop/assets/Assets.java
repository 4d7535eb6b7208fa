package io.mediadrop.assets;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mediadrop.archive.ArchiveFiles;
import io.mediadrop.archive.AssetPlaces;
import io.mediadrop.base.Printable;
import io.mediadrop.drop.AssetRecord;
import io.mediadrop.drop.MediaItems;
import io.mediadrop.drop.Uploaded;
import io.mediadrop.file.Home;
import io.mediadrop.ledger.AssetRecords;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Variable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Knows which files behind an answer are still to be fetched, and what becomes of each. */
public class Assets {

  private static final Logger LOG = LoggerFactory.getLogger("mediadrop.assets");

  private MediaItems mediaItems;
  private AssetRecords assetRecords;
  private Home home;
  private String maxSize;
  private AssetPlaces assetPlaces;
  private WorkFiles workFiles;

  /** Gets ready, and deletes the beginnings of files that an earlier run has left. */
  public void open() throws IOException {
    workFiles = new WorkFiles(home, assetRecords, maxSize);
    workFiles.open();
  }

  /** Where the files lie while they are on their way. */
  WorkFiles workFiles() {
    return workFiles;
  }

  /**
   * What is to be fetched: the files that the archive endpoint does not have and that may be had.
   */
  public AssetRun begin(@Variable("uploaded") Uploaded uploaded) throws IOException {
    Map<String, AssetRecord> known = assetRecords.of(uploaded.id());
    List<Asset> assets = new ArrayList<>();
    for (ObjectNode item : mediaItems.of(uploaded)) {
      Asset asset = asset(uploaded, item);
      if (!asset.url().isEmpty() && !isDone(asset, known.get(asset.item()))) {
        assets.add(asset);
      }
    }
    return new AssetRun(assets);
  }

  private Asset asset(Uploaded uploaded, ObjectNode item) {
    String name = item.path("item").asText();
    return new Asset(
        uploaded.id(),
        name,
        item.path("url").asText("").strip(),
        size(item.path("size")),
        workFiles.of(uploaded.id(), name),
        null);
  }

  private static long size(JsonNode said) {
    return said.isIntegralNumber() && said.canConvertToLong() ? said.asLong() : 0;
  }

  private boolean isDone(Asset asset, AssetRecord known) throws IOException {
    if (known == null) {
      return false;
    }
    if (known.isOnItsWay() && assetPlaces.has(known.place(), known.size())) {
      // a crash has come between the archive and the ledger
      archived(asset.with(known));
      return true;
    }
    return known.archived() || asset.urlHash().equals(known.refusedUrl());
  }

  /**
   * The file as it was fetched, where it lies whole in the work folder, from an earlier attempt.
   */
  public Asset recall(@Variable("asset") Asset asset) {
    AssetRecord known = assetRecords.of(asset.dropId()).get(asset.item());
    return known != null && known.isOnItsWay() && asset.work().length() == known.size()
        ? asset.with(known)
        : asset;
  }

  /** Promises a file that was fetched its place below the archive. */
  public Asset promise(@Body Fetched fetched, @Variable("uploaded") Uploaded uploaded)
      throws IOException {
    Asset asset = fetched.asset();
    String name = fetched.name();
    long size = asset.work().length();
    String place =
        assetRecords.promise(
            asset.dropId(),
            asset.item(),
            size,
            taken -> assetPlaces.choose(uploaded.archivePath(), name, taken));
    return asset.with(new AssetRecord(asset.item(), place, size, false, null, null));
  }

  /** Records that the archive endpoint has the file. */
  public void archived(@Variable("asset") Asset asset) throws IOException {
    assetPlaces.confirm(asset.promised().place(), asset.promised().size());
    assetRecords.archived(asset.dropId(), asset.item());
    Files.deleteIfExists(asset.work().toPath());
  }

  /** Records that the file will not be fetched. */
  public void refused(
      @Variable("asset") Asset asset, @ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Exception why) {
    String said = Printable.of(String.valueOf(why.getMessage()));
    assetRecords.refused(asset.dropId(), asset.item(), said, asset.urlHash());
    LOG.warn("{} is not fetched: {}", asset, said);
  }

  /** Keeps a failure until the other files have had their turn. */
  public void failed(
      @Variable("run") AssetRun run,
      @Variable("asset") Asset asset,
      @ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Exception failure) {
    run.failures()
        .add(
            failure instanceof AssetFailed
                ? failure
                : new AssetFailed(asset + " could not be archived", failure));
  }

  /**
   * Lets pass what is archived or refused altogether.
   *
   * @throws Exception the first failure, if there was one
   */
  public void requireAll(@Variable("run") AssetRun run) throws Exception {
    if (!run.failures().isEmpty()) {
      throw run.failures().get(0);
    }
  }

  public void setMediaItems(MediaItems mediaItems) {
    this.mediaItems = mediaItems;
  }

  public void setAssetRecords(AssetRecords assetRecords) {
    this.assetRecords = assetRecords;
  }

  public void setHome(Home home) {
    this.home = home;
  }

  public void setArchiveFiles(ArchiveFiles archiveFiles) {
    assetPlaces = archiveFiles.assetPlaces();
  }

  /** The largest file that is fetched, such as {@code 10GiB}. */
  public void setMaxSize(String size) {
    maxSize = size;
  }
}

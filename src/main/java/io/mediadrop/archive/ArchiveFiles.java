package io.mediadrop.archive;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mediadrop.drop.AssetRecord;
import io.mediadrop.drop.Uploaded;
import io.mediadrop.file.ArchiveAddress;
import io.mediadrop.file.FileNames;
import io.mediadrop.file.Home;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.Expression;
import org.apache.camel.Variable;

/** Names what is sent to the archive endpoint, and decides what that is. */
public class ArchiveFiles {

  private Home home;
  private Archive archive;
  private String uri;
  private ArchiveAddress address;

  /** Looks at the address. */
  public void open() {
    address = new ArchiveAddress(home, uri);
  }

  /** The path of the array of items, below the archive. */
  public Object assets(@Variable("uploaded") Uploaded uploaded) {
    return name(FileNames.assets(uploaded.archivePath()));
  }

  /** The path of one item, below the archive. */
  public Object item(@Variable("uploaded") Uploaded uploaded, @Body ObjectNode item) {
    return name(FileNames.item(uploaded.archivePath(), item.path("item").asText()));
  }

  /** The path of the file behind an item, below the archive. */
  public Object asset(AssetRecord promised) {
    return name(promised.place());
  }

  /** The path of the receipt, below the archive. */
  public Object receiptName(@Variable("uploaded") Uploaded uploaded) {
    return name(FileNames.receipt(uploaded.archivePath()));
  }

  /**
   * The name itself, or one that looks like an expression as an expression of that name: the file
   * component takes texts with dollar and brace for a mistake, and prints them unescaped.
   */
  private static Object name(String path) {
    return path.contains("${") || path.contains("$simple{") ? new Verbatim(path) : path;
  }

  private record Verbatim(String name) implements Expression {

    @Override
    public <T> T evaluate(Exchange exchange, Class<T> type) {
      return exchange.getContext().getTypeConverter().convertTo(type, name);
    }

    @Override
    public String toString() {
      return name;
    }
  }

  /** The receipt. */
  public byte[] receipt(@Variable("uploaded") Uploaded uploaded) {
    return archive.receipts().write(uploaded, Files.isRegularFile(original(uploaded)));
  }

  private Path original(Uploaded uploaded) {
    return home.archive().resolve(uploaded.archivePath());
  }

  /** The places for the files behind the items. */
  public AssetPlaces assetPlaces() {
    return new AssetPlaces(home, this);
  }

  /** Whether the archive endpoint is the home's archive. */
  public boolean isInHome() {
    return address.isInHome();
  }

  /** Whether the items are written together with the originals. */
  public boolean isWithOriginals() {
    return address.isFilings();
  }

  /** Whether the archive endpoint is another place than the home, where the receipt is already. */
  public boolean isElsewhere() {
    return !address.isInHome();
  }

  public void setHome(Home home) {
    this.home = home;
  }

  public void setArchive(Archive archive) {
    this.archive = archive;
  }

  /** The address of the archive endpoint. */
  public void setUri(String uri) {
    this.uri = uri;
  }
}

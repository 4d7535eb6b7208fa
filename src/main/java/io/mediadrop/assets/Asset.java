package io.mediadrop.assets;

import io.mediadrop.base.Digests;
import io.mediadrop.base.Printable;
import io.mediadrop.drop.AssetRecord;
import java.io.File;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * The file behind one item of an answer, on its way to the archive endpoint.
 *
 * @param dropId the drop's
 * @param item the item's name
 * @param url where it is, as the answer says
 * @param size in bytes, as the answer says; 0 if it does not
 * @param work where it is put while it is on its way
 * @param promised what the ledger says of it once it has been fetched; null before that
 */
public record Asset(
    long dropId, String item, String url, long size, File work, AssetRecord promised) {

  private static final int LONGEST_HOST = 100;

  /** Hosts that some programs take for an address, however it is written. */
  private static final Pattern NUMBER = Pattern.compile("(.*\\.)?([0-9]+|0[xX][0-9a-fA-F]*)\\.?");

  private static final Pattern PLAIN_NUMBER =
      Pattern.compile("(0|[1-9][0-9]{0,2})(\\.(0|[1-9][0-9]{0,2})){3}");

  Asset with(AssetRecord promise) {
    return new Asset(dropId, item, url, size, work, promise);
  }

  /** Whether it has yet to be fetched. */
  public boolean isToFetch() {
    return promised == null;
  }

  /**
   * The address to call.
   *
   * @throws AssetRefused if it is none that may be called
   */
  URI address() throws AssetRefused {
    URI address = parsed();
    String scheme = String.valueOf(address.getScheme());
    if (!scheme.equalsIgnoreCase("https") && !scheme.equalsIgnoreCase("http")) {
      throw new AssetRefused("its address is neither https nor http");
    }
    if (address.getRawUserInfo() != null) {
      throw new AssetRefused("its address holds a user name");
    }
    if (address.getHost() == null || address.getPort() == 0 || address.getPort() > 0xffff) {
      throw new AssetRefused("its address names no host");
    }
    if (NUMBER.matcher(address.getHost()).matches()
        && !PLAIN_NUMBER.matcher(address.getHost()).matches()) {
      throw new AssetRefused("its address names its host by an odd number");
    }
    return address;
  }

  private URI parsed() throws AssetRefused {
    try {
      return new URI(url);
    } catch (URISyntaxException e) {
      // the cause would show the address, which may be signed
      throw new AssetRefused("its address is malformed");
    }
  }

  /** The sha-256 of the address, by which a new one is told from it. */
  String urlHash() {
    return HexFormat.of().formatHex(Digests.sha256(url));
  }

  /** The item and its host; the rest of the address may let anybody have the file. */
  @Override
  public String toString() {
    String host;
    try {
      host = address().getHost();
    } catch (AssetRefused e) {
      return item;
    }
    return item
        + " from "
        + Printable.of(host.length() <= LONGEST_HOST ? host : host.substring(0, LONGEST_HOST));
  }
}

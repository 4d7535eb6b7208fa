package io.mediadrop.assets;

import io.mediadrop.media.FileExtension;

/**
 * A file behind an item that lies whole in the work folder.
 *
 * @param contentType as the server says; null if it does not
 */
record Fetched(Asset asset, String contentType) {

  /** The name that the file is to get. */
  String name() throws AssetRefused {
    return asset.item() + FileExtension.of(contentType, asset.address().getPath());
  }
}

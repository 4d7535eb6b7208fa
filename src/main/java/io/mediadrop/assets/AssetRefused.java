package io.mediadrop.assets;

import java.io.IOException;

/** A file behind an item that is not fetched, neither now nor later; the message says why. */
public class AssetRefused extends IOException {

  private static final long serialVersionUID = 1;

  AssetRefused(String why) {
    super(why);
  }
}

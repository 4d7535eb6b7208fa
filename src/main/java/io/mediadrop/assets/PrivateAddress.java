package io.mediadrop.assets;

import java.net.UnknownHostException;

/** A name that leads to an address which is nobody's business from outside. */
class PrivateAddress extends UnknownHostException {

  private static final long serialVersionUID = 1;

  PrivateAddress(String address) {
    super(
        "it is at %s, which is no public address (mediadrop.assets.private-addresses = true allows it)"
            .formatted(address));
  }
}

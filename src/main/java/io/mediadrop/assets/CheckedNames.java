package io.mediadrop.assets;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;

/**
 * Resolves names for connections, which go to nothing but what this returns: no answer that a name
 * server gives later leads anywhere else. Addresses in any spelling come by here, too.
 */
class CheckedNames implements DnsResolver {

  private final DnsResolver names;

  /** Asks the machine. */
  CheckedNames() {
    this(SystemDefaultDnsResolver.INSTANCE);
  }

  CheckedNames(DnsResolver names) {
    this.names = names;
  }

  @Override
  public InetAddress[] resolve(String host) throws UnknownHostException {
    InetAddress[] addresses = names.resolve(host);
    if (addresses == null || addresses.length == 0) {
      throw new UnknownHostException("no address is known for it");
    }
    for (InetAddress address : addresses) {
      if (!AddressRange.isPublic(address)) {
        throw new PrivateAddress(address.getHostAddress());
      }
    }
    return addresses;
  }

  @Override
  public String resolveCanonicalHostname(String host) throws UnknownHostException {
    return names.resolveCanonicalHostname(host);
  }
}

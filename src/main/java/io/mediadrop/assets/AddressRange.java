package io.mediadrop.assets;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;

/**
 * The addresses that begin with the same bits.
 *
 * @param start the first of them
 * @param bits how many bits they share
 */
record AddressRange(byte[] start, int bits) {

  /** Everything in IPv4 that is not somewhere on the internet (IANA's special-purpose registry). */
  private static final List<AddressRange> SPECIAL_V4 =
      all(
          "0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24"
              + " 192.0.2.0/24 192.88.99.0/24 192.168.0.0/16 198.18.0.0/15 198.51.100.0/24"
              + " 203.0.113.0/24 224.0.0.0/4 240.0.0.0/4");

  /** All that is given out in IPv6; loopback, local, mapped and multicast ones lie outside. */
  private static final AddressRange GLOBAL_V6 = of("2000::/3");

  /** What of that is not somewhere on the internet, or leads to an IPv4 address in disguise. */
  private static final List<AddressRange> SPECIAL_V6 =
      all("2001::/23 2001:db8::/32 2002::/16 3fff::/20");

  /** What networks without IPv4 call IPv4 addresses, in the last four bytes. */
  private static final AddressRange TRANSLATED = of("64:ff9b::/96");

  private static final int V4_BYTES = 4;

  /** Whether an address is somewhere on the internet, and not in a network of one's own. */
  static boolean isPublic(InetAddress address) {
    byte[] bytes = address.getAddress();
    if (TRANSLATED.contains(bytes)) {
      return isPublicV4(Arrays.copyOfRange(bytes, bytes.length - V4_BYTES, bytes.length));
    }
    return bytes.length == V4_BYTES
        ? isPublicV4(bytes)
        : GLOBAL_V6.contains(bytes)
            && SPECIAL_V6.stream().noneMatch(range -> range.contains(bytes));
  }

  private static boolean isPublicV4(byte[] bytes) {
    return SPECIAL_V4.stream().noneMatch(range -> range.contains(bytes));
  }

  private boolean contains(byte[] address) {
    if (address.length != start.length) {
      return false;
    }
    int whole = bits / Byte.SIZE;
    int mask = 0xff00 >> bits % Byte.SIZE & 0xff;
    return Arrays.equals(address, 0, whole, start, 0, whole)
        && (mask == 0 || (address[whole] & mask) == (start[whole] & mask));
  }

  private static List<AddressRange> all(String ranges) {
    return Arrays.stream(ranges.split(" ")).map(AddressRange::of).toList();
  }

  private static AddressRange of(String range) {
    String[] parts = range.split("/");
    try {
      return new AddressRange(
          InetAddress.getByName(parts[0]).getAddress(), Integer.parseInt(parts[1]));
    } catch (UnknownHostException e) {
      throw new IllegalStateException(range + " is no address", e);
    }
  }
}

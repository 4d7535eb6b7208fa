package io.mediadrop.net;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The hosts that are reached without a proxy: this machine, those in {@code no_proxy} as curl reads
 * it, and those in Java's {@code http.nonProxyHosts}.
 */
final class DirectHosts {

  private static final Pattern LOOPBACK =
      Pattern.compile("(.*\\.)?localhost|127(\\.\\d{1,3}){3}|::1|0:0:0:0:0:0:0:1");
  private static final Pattern ADDRESS =
      Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}|[0-9a-f:.]*:[0-9a-f:.]*");
  private static final Pattern WITH_PORT =
      Pattern.compile("(\\[[0-9a-f:.]+]|[^:\\[\\]]+):(\\d{1,5})");

  private record Entry(String host, int port) {}

  private final List<Entry> entries = new ArrayList<>();
  private final List<Pattern> globs = new ArrayList<>();

  /**
   * Reads both lists.
   *
   * @param noProxy names with all below them, addresses, networks ({@code 10.0.0.0/8}) or {@code
   *     *}, each with a port if only that is meant, separated by commas or spaces
   * @param nonProxyHosts names and addresses with {@code *} at an end, separated by bars
   */
  DirectHosts(String noProxy, String nonProxyHosts) {
    Stream.of(noProxy.toLowerCase(Locale.ROOT).split("[,\\s]+"))
        .filter(entry -> !entry.isEmpty())
        .map(DirectHosts::entry)
        .forEach(entries::add);
    Stream.of(nonProxyHosts.toLowerCase(Locale.ROOT).split("\\|"))
        .map(String::strip)
        .filter(glob -> !glob.isEmpty())
        .map(glob -> Pattern.compile(Pattern.quote(glob).replace("*", "\\E.*\\Q")))
        .forEach(globs::add);
  }

  private static Entry entry(String text) {
    Matcher withPort = WITH_PORT.matcher(text);
    return withPort.matches()
        ? new Entry(bare(withPort.group(1)), Integer.parseInt(withPort.group(2)))
        : new Entry(bare(text), -1);
  }

  /** Without the marks that say of a name that those below it are meant, too. */
  private static String bare(String name) {
    return name.replaceFirst("^\\*?\\.", "").replaceAll("[\\[\\]]|\\.$", "");
  }

  /** Whether a host is reached without a proxy. */
  boolean has(String host, int port) {
    String name = bare(host.toLowerCase(Locale.ROOT));
    return LOOPBACK.matcher(name).matches()
        || entries.stream()
            .anyMatch(
                entry -> (entry.port() < 0 || entry.port() == port) && matches(entry.host(), name))
        || globs.stream().anyMatch(glob -> glob.matcher(name).matches());
  }

  /** Whether a host is written as an address, and not by a name. */
  static boolean isAddress(String host) {
    return ADDRESS.matcher(bare(host.toLowerCase(Locale.ROOT))).matches();
  }

  private static boolean matches(String entry, String name) {
    if (entry.equals("*") || entry.equals(name)) {
      return true;
    }
    return ADDRESS.matcher(name).matches() ? isIn(entry, name) : name.endsWith("." + entry);
  }

  private static boolean isIn(String network, String address) {
    int slash = network.indexOf('/');
    String begin = slash < 0 ? network : network.substring(0, slash);
    if (!ADDRESS.matcher(begin).matches()
        || !network.substring(slash + 1).matches("\\d{1,3}") && slash >= 0) {
      return false;
    }
    byte[] one = bytes(begin);
    byte[] other = bytes(address);
    int bits = slash < 0 ? one.length * 8 : Integer.parseInt(network.substring(slash + 1));
    int rest = one.length * 8 - bits;
    return one.length > 0
        && one.length == other.length
        && rest >= 0
        && new BigInteger(1, one)
            .shiftRight(rest)
            .equals(new BigInteger(1, other).shiftRight(rest));
  }

  /** Of an address in digits, for which no name server is asked. */
  private static byte[] bytes(String address) {
    try {
      return InetAddress.getByName(address).getAddress();
    } catch (UnknownHostException e) {
      // digits that are no address, such as 300.0.0.1
      return new byte[0];
    }
  }
}

package io.mediadrop.net;

import io.mediadrop.base.ConfigurationMistake;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/**
 * Which proxy a connection goes through: the one in {@code mediadrop.http.proxy}, else the one that
 * Java was given, else the one in the environment; never for this machine.
 */
public class Proxies {

  /** The setting. */
  static final String KEY = "mediadrop.http.proxy";

  private static final String SETTING = KEY + ", MEDIADROP_HTTP_PROXY";
  private static final String NONE = "none";

  private final Map<String, String> environment;
  private final Properties java;
  private final String setting;
  private final Optional<Proxy> ofHttps;
  private final Optional<Proxy> ofHttp;
  private final DirectHosts direct;

  /** Every connection goes straight to its host. */
  public Proxies() {
    this(NONE, Map.of(), new Properties());
  }

  /**
   * Looks into this program's environment and Java's options, too.
   *
   * @param setting {@code http://host:port}, {@code none}, or empty for what those say
   * @throws ConfigurationMistake if that is no proxy
   */
  public Proxies(String setting) {
    this(setting, System.getenv(), System.getProperties());
  }

  Proxies(String setting, Map<String, String> environment, Properties java) {
    this.setting = setting.strip();
    this.environment = environment;
    this.java = java;
    direct =
        new DirectHosts(
            variable("no_proxy").map(Variable::value).orElse(""),
            java.getProperty("http.nonProxyHosts", ""));
    ofHttps = find("https", 443);
    ofHttp = find("http", 80);
  }

  private Optional<Proxy> find(String scheme, int port) {
    if (!setting.isBlank()) {
      return setting.equalsIgnoreCase(NONE)
          ? Optional.empty()
          : Optional.of(Proxy.of(setting, SETTING));
    }
    String host = java.getProperty(scheme + ".proxyHost", "");
    if (!host.isBlank()) {
      String name = host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host;
      return Optional.of(
          Proxy.of(
              name + ":" + java.getProperty(scheme + ".proxyPort", Integer.toString(port)),
              "-D" + scheme + ".proxyHost"));
    }
    return variable(scheme + "_proxy")
        .or(() -> variable("all_proxy"))
        .map(variable -> Proxy.of(variable.value(), variable.name()));
  }

  private record Variable(String name, String value) {}

  private Optional<Variable> variable(String name) {
    return Optional.<Variable>empty()
        .or(() -> spelt(name))
        .or(() -> spelt(name.toUpperCase(Locale.ROOT)));
  }

  private Optional<Variable> spelt(String name) {
    return Optional.ofNullable(environment.get(name))
        .filter(value -> !value.isBlank())
        .map(value -> new Variable(name, value));
  }

  /** The proxy for a connection; nothing where it goes straight to the host. */
  Optional<Proxy> of(boolean plainHttp, String host, int port) {
    return (plainHttp ? ofHttp : ofHttps).filter(proxy -> !isDirect(host, port));
  }

  /** Whether the proxy is asked for the host, so that its name need not be known here. */
  boolean knows(String host, int port) {
    return (ofHttps.isPresent() || ofHttp.filter(Proxy::socks).isPresent())
        && !isDirect(host, port);
  }

  private boolean isDirect(String host, int port) {
    return direct.has(host, port) || isOne(ofHttps, host, port) || isOne(ofHttp, host, port);
  }

  /** A proxy itself is not reached through one. */
  private static boolean isOne(Optional<Proxy> proxy, String host, int port) {
    return proxy.isPresent() && proxy.get().host().equals(host) && proxy.get().port() == port;
  }

  /** The proxy that the host of this address is reached through, for people. */
  public Optional<String> describe(WebAddress address) {
    boolean plain = address.scheme().equals("http");
    int port = address.port() < 0 ? plain ? 80 : 443 : address.port();
    return of(plain, address.host(), port).map(Proxy::toString);
  }
}

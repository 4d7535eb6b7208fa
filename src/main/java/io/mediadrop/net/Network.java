package io.mediadrop.net;

import io.mediadrop.base.ConfigurationMistake;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.HttpRoute;
import org.apache.hc.client5.http.SchemePortResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.apache.hc.client5.http.impl.DefaultSchemePortResolver;
import org.apache.hc.client5.http.impl.io.DefaultHttpClientConnectionOperator;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.io.DetachedSocketFactory;
import org.apache.hc.client5.http.io.HttpClientConnectionOperator;
import org.apache.hc.client5.http.routing.HttpRoutePlanner;
import org.apache.hc.client5.http.routing.RoutingSupport;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.URIScheme;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.config.RegistryBuilder;
import org.apache.hc.core5.http.protocol.HttpContext;

/** How HTTP clients connect: through which proxy, whom they trust, and how they read answers. */
public class Network {

  /** By default the head of an answer need not have an end. */
  private static final Http1Config HEADS =
      Http1Config.custom().setMaxLineLength(64 * 1024).setMaxHeaderCount(500).build();

  private Proxies proxies;
  private Trust trust;

  /** Straight to every host, and with those trusted whom Java trusts, unless it is set. */
  public Network() {
    this(new Proxies(), new Trust());
  }

  Network(Proxies proxies, Trust trust) {
    this.proxies = proxies;
    this.trust = trust;
  }

  /** Builds connections that go through the proxies, and trust whom the settings name. */
  public PoolingHttpClientConnectionManagerBuilder connections() {
    return connections(SystemDefaultDnsResolver.INSTANCE);
  }

  /** The same, with names looked up by this one, but for those that a proxy looks up. */
  public PoolingHttpClientConnectionManagerBuilder connections(DnsResolver names) {
    EarlyAnswers earlyAnswers = new EarlyAnswers();
    return new Connections(proxies)
        .setTlsSocketStrategy(new TlsOnDemand(trust, earlyAnswers))
        .setDnsResolver(new Names(proxies, names))
        .setConnectionFactory(
            ManagedHttpClientConnectionFactory.builder()
                .http1Config(HEADS)
                .responseOutOfOrderStrategy(earlyAnswers)
                .build());
  }

  /** The same trust without a proxy. */
  public Network direct() {
    return new Network(new Proxies(), trust);
  }

  /** A connection to a server that is no web server, through its proxy if there is one. */
  public Socket connect(String host, int port, int timeout) throws IOException {
    Socket socket = new Tunnel(proxies, false);
    try {
      socket.connect(InetSocketAddress.createUnresolved(host, port), timeout);
      return socket;
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  /** Sends plain http through its proxy, which wants to be told the whole address. */
  public HttpRoutePlanner routes() {
    return this::route;
  }

  private HttpRoute route(HttpHost target, HttpContext context) throws HttpException {
    HttpHost host = RoutingSupport.normalize(target, DefaultSchemePortResolver.INSTANCE);
    boolean secure = URIScheme.HTTPS.same(host.getSchemeName());
    Optional<Proxy> proxy =
        secure
            ? Optional.empty()
            : proxies.of(true, host.getHostName(), host.getPort()).filter(found -> !found.socks());
    return proxy.isEmpty()
        ? new HttpRoute(host, null, secure)
        : new HttpRoute(
            host, null, new HttpHost("http", proxy.get().host(), proxy.get().port()), false);
  }

  /** The proxy that is told the whole address over this route. */
  Optional<Proxy> proxyOf(HttpRoute route) {
    HttpHost host = route.getTargetHost();
    return route.getProxyHost() == null
        ? Optional.empty()
        : proxies.of(true, host.getHostName(), host.getPort());
  }

  /** The proxy that the host of this address is reached through, for people. */
  public Optional<String> proxyOf(WebAddress address) {
    return proxies.describe(address);
  }

  /**
   * {@code http://host:port}, {@code none}, or empty for what Java and the environment say.
   *
   * @throws ConfigurationMistake if that is no proxy
   */
  public void setProxy(String proxy) {
    proxies = new Proxies(proxy);
  }

  /**
   * A file of certificates that count besides Java's own: PEM, PKCS 12 or JKS; empty for none.
   *
   * @throws ConfigurationMistake if it cannot be read
   */
  public void setTruststore(String file) {
    trust = new Trust(file);
  }

  private static final class Connections extends PoolingHttpClientConnectionManagerBuilder {

    private final Proxies proxies;

    Connections(Proxies proxies) {
      this.proxies = proxies;
    }

    @Override
    protected HttpClientConnectionOperator createConnectionOperator(
        SchemePortResolver ports, DnsResolver names, TlsSocketStrategy tls) {
      return new DefaultHttpClientConnectionOperator(
          new Sockets(proxies),
          ports,
          names,
          RegistryBuilder.<TlsSocketStrategy>create().register(URIScheme.HTTPS.id, tls).build());
    }
  }

  private record Sockets(Proxies proxies) implements DetachedSocketFactory {

    @Override
    public Socket create(java.net.Proxy ofTheClient) {
      return create(URIScheme.HTTPS.id, ofTheClient);
    }

    @Override
    public Socket create(String scheme, java.net.Proxy ofTheClient) {
      return new Tunnel(proxies, URIScheme.HTTP.same(scheme));
    }
  }

  /** Leaves alone the names that a proxy looks up. */
  private record Names(Proxies proxies, DnsResolver others) implements DnsResolver {

    @Override
    public List<InetSocketAddress> resolve(String host, int port) throws UnknownHostException {
      if (!proxies.knows(host, port)) {
        return others.resolve(host, port);
      }
      if (DirectHosts.isAddress(host)) {
        // it may be one that must not be called
        others.resolve(host, port);
      }
      return List.of(InetSocketAddress.createUnresolved(host, port));
    }

    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
      return others.resolve(host);
    }

    @Override
    public String resolveCanonicalHostname(String host) throws UnknownHostException {
      return others.resolveCanonicalHostname(host);
    }
  }
}

package io.mediadrop.assets;

import io.mediadrop.base.Quantity;
import io.mediadrop.lane.Intake;
import io.mediadrop.net.CallWatch;
import io.mediadrop.net.Network;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Variable;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.io.CloseMode;

/**
 * Fetches the files behind items, from addresses that nobody here has chosen. It is not the http
 * component's client: that one resolves placeholders in addresses, and reads answers to their end.
 */
public class AssetClient {

  private static final long CONNECT_SECONDS = 10;
  private static final int CONNECTIONS = 100;

  private static final Duration LOOK = Duration.ofMillis(200);

  private final CallWatch calls = new CallWatch("asset-watch");
  private Assets assets;
  private Intake intake;
  private Duration timeout;
  private boolean privateAddresses;
  private Network network;
  private boolean proxy;
  private CloseableHttpClient client;

  /** Gets the client ready: no credentials, no cookie, no redirect, no repetition. */
  public void open() {
    Network way = proxy ? network : network.direct();
    client =
        HttpClients.custom()
            .setConnectionManager(
                way.connections(
                        privateAddresses ? SystemDefaultDnsResolver.INSTANCE : new CheckedNames())
                    .setMaxConnTotal(CONNECTIONS)
                    .setMaxConnPerRoute(CONNECTIONS)
                    .setDefaultConnectionConfig(
                        ConnectionConfig.custom()
                            .setConnectTimeout(CONNECT_SECONDS, TimeUnit.SECONDS)
                            .build())
                    .build())
            .setRoutePlanner(way.routes())
            // whatever follows an answer on its connection is not taken for the next one
            .setConnectionReuseStrategy((request, response, context) -> false)
            .setDefaultRequestConfig(
                RequestConfig.custom().setProtocolUpgradeEnabled(false).build())
            .disableAutomaticRetries()
            .disableRedirectHandling()
            .disableCookieManagement()
            .disableAuthCaching()
            .disableContentCompression()
            .setUserAgent("mediadrop")
            .build();
  }

  /**
   * Fetches a file into the work folder.
   *
   * @throws AssetRefused if it must not be fetched
   * @throws AssetFailed if it could not be fetched this time
   */
  public Fetched fetch(@Variable("asset") Asset asset) throws IOException {
    HttpGet call = call(asset);
    Progress progress = new Progress(timeout);
    try (CallWatch.Watch watch = calls.over(call, LOOK, () -> fault(progress))) {
      return fetch(asset, call, progress, watch);
    } catch (PrivateAddress e) {
      throw new AssetRefused(e.getMessage());
    }
  }

  private String fault(Progress progress) {
    return intake.isStopping() ? "mediadrop is being stopped" : progress.fault();
  }

  private static HttpGet call(Asset asset) throws AssetRefused {
    try {
      return new HttpGet(asset.address());
    } catch (IllegalArgumentException e) {
      throw new AssetRefused("its address is malformed");
    }
  }

  private Fetched fetch(Asset asset, HttpGet call, Progress progress, CallWatch.Watch watch)
      throws IOException {
    try (ClassicHttpResponse answer = client.executeOpen(null, call, null)) {
      try {
        AssetAnswer.requireFile(answer);
        assets.workFiles().write(asset, answer.getEntity(), progress::brought);
        return new Fetched(asset, answer.getEntity().getContentType());
      } finally {
        // closing alone would read on to the end of the answer, which may never come
        call.cancel();
      }
    } catch (AssetRefused | PrivateAddress e) {
      throw e;
    } catch (IOException e) {
      throw new AssetFailed(asset.toString(), watch.explained(e));
    }
  }

  /** Breaks off what is still under way. */
  public void close() {
    calls.stop();
    client.close(CloseMode.IMMEDIATE);
  }

  /** Where the files are put. */
  public void setAssets(Assets assets) {
    this.assets = assets;
  }

  public void setIntake(Intake intake) {
    this.intake = intake;
  }

  /** The time in which a call has to bring at least 256 KiB. */
  public void setTimeout(String time) {
    timeout = Quantity.time(time);
  }

  public void setNetwork(Network network) {
    this.network = network;
  }

  /** Whether files come through the proxy, which looks their hosts' names up then. */
  public void setProxy(boolean proxy) {
    this.proxy = proxy;
  }

  /** Whether addresses in networks of one's own may be called, too. */
  public void setPrivateAddresses(boolean privateAddresses) {
    this.privateAddresses = privateAddresses;
  }
}

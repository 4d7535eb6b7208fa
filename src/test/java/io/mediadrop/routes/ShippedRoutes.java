package io.mediadrop.routes;

import io.mediadrop.media.MediaFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.builder.AdviceWith;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.apache.camel.test.junit5.CamelTestSupport;
import org.apache.camel.test.junit5.TestExecutionConfiguration;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * The shipped routes in Camel's test kit, on a home of their own: real files go in at a lane, the
 * steps that leave the process are mocks. {@code mock:api} answers as {@link ScriptedApi} does.
 */
abstract class ShippedRoutes extends CamelTestSupport {

  static final String KEY = "sk_test_key";
  static final String CONNECTION = "conn_alice";

  private static final Path ROUTES = Path.of("routes");

  /** Camel binds beans anew that it finds after a route. */
  private static final Comparator<Path> BEANS_FIRST =
      Comparator.comparing(file -> !file.endsWith("beans.camel.yaml"));

  final ScriptedApi api = new ScriptedApi();

  @TempDir Path home;

  @Override
  public void configureTest(TestExecutionConfiguration test) {
    test.withUseAdviceWith(true).withUseRouteBuilder(false);
  }

  /** What a test wants otherwise than it is shipped. */
  Map<String, String> settings() {
    return Map.of();
  }

  @Override
  @SuppressWarnings("deprecation") // the only place after @TempDir and before the context
  protected void doPreSetup() {
    Properties settings = new Properties();
    settings.put("mediadrop.bundle", "off");
    settings.put("mediadrop.home", home.toString());
    settings.put("mediadrop.api.base-url", "http://127.0.0.1:9");
    settings.put("mediadrop.api.key", KEY);
    settings.put("mediadrop.api.connection-id", CONNECTION);
    settings.put("mediadrop.drop.settle", "200ms");
    settings.put("mediadrop.drop.poll", "50ms");
    settings.put("mediadrop.rate.per-minute", "0");
    settings.put("mediadrop.doubt.wait", "200ms");
    settings.put("mediadrop.retry.max-wait", "500ms");
    settings.put("mediadrop.console.port", "0");
    settings.put("mediadrop.archive.uri", "mock:archive");
    settings.put("mediadrop.notify.uri", "mock:subscriber");
    settings.putAll(settings());
    camelContextConfiguration().withUseOverridePropertiesWithPropertiesComponent(settings);
  }

  @Override
  @SuppressWarnings("deprecation") // routes are advised before the context starts
  protected void doPostSetup() throws Exception {
    PluginHelper.getRoutesLoader(context).loadRoutes(shipped());
    AdviceWith.adviceWith(
        context, "call-once", false, advice -> advice.weaveById("api").replace().to("mock:api"));
    mock("api").whenAnyExchangeReceived(api);
  }

  private List<Resource> shipped() throws IOException {
    try (Stream<Path> files = Files.list(ROUTES)) {
      return files
          .filter(file -> file.toString().endsWith(".camel.yaml"))
          .sorted(BEANS_FIRST)
          .map(file -> ResourceHelper.resolveResource(context, "file:" + file))
          .toList();
    }
  }

  /** Starts the routes with a lane called alice, whose parameters these are besides. */
  final void start(String... parameters) throws Exception {
    context.start();
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("directory", home.resolve("alice").toString());
    values.put("connectionId", CONNECTION);
    for (int i = 0; i < parameters.length; i += 2) {
      values.put(parameters[i], parameters[i + 1]);
    }
    context.addRouteFromTemplate("alice", "folder-lane", values);
  }

  /** Puts a media file of this length into the lane's folder. */
  final Path drop(String name, long size) throws IOException {
    Path file = home.resolve("alice").resolve(name);
    Files.createDirectories(file.getParent());
    return MediaFiles.write(file, size);
  }

  /** The mock of this name. */
  final MockEndpoint mock(String name) {
    return getMockEndpoint("mock:" + name);
  }

  /** What a mock has got so far. */
  final List<Exchange> received(String name) {
    return mock(name).getReceivedExchanges();
  }

  /** Waits until a mock has got so many messages, and no others. */
  final void await(String name, int messages) {
    patiently().until(() -> mock(name).getReceivedCounter() == messages);
  }

  static ConditionFactory patiently() {
    return Awaitility.await()
        .dontCatchUncaughtExceptions()
        .atMost(Duration.ofSeconds(30))
        .pollInterval(Duration.ofMillis(20));
  }
}

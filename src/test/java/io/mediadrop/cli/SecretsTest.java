package io.mediadrop.cli;

import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import io.mediadrop.api.Wiretap;
import io.mediadrop.assets.FileServer;
import io.mediadrop.console.ConsoleAnswers;
import io.mediadrop.health.HealthChecks;
import io.mediadrop.ledger.Ledger;
import io.mediadrop.media.MediaFiles;
import io.mediadrop.metrics.Metrics;
import io.mediadrop.sandbox.Faults;
import io.mediadrop.sandbox.Route;
import io.mediadrop.sandbox.Sandbox;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.apache.camel.CamelContext;
import org.apache.camel.Message;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.support.DefaultMessage;
import org.apache.camel.support.PluginHelper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretsTest {

  private static final MBeanServer BEANS = ManagementFactory.getPlatformMBeanServer();

  @TempDir Path home;
  private Sandbox webhook;
  private Wiretap crm;

  /** A webhook that refuses everything, so that there are errors to be kept and logged. */
  @BeforeEach
  void listen() throws Exception {
    webhook = Sandbox.start();
    crm = Wiretap.to(webhook.port());
  }

  @AfterEach
  void stop() throws Exception {
    crm.close();
    webhook.close();
  }

  private Running running(Sandbox sandbox) throws Exception {
    Running running =
        Running.on(home)
            .with("mediadrop.api.key", Secret.KEY.value())
            .with("mediadrop.api.connection-id", Secret.CONNECTION.value())
            .with("mediadrop.notify.uri", "mock:subscriber")
            .with("mediadrop.notify.secret", Secret.WEBHOOK.value())
            .with("mediadrop.notify.crm.uri", crm.url() + "/hook")
            .with("mediadrop.notify.crm.secret", Secret.WEBHOOK.value())
            .with("mediadrop.lane.concurrency", "1")
            .start(sandbox);
    MediaFiles.write(running.drop().resolve("refused.jpg"), 1_000);
    running.awaitFailed(1);
    MediaFiles.write(running.drop().resolve("whole.jpg"), 10_000);
    MediaFiles.write(running.drop().resolve("parts.mp4"), 200_000);
    Running.patiently().until(() -> running.drops("FILED") == 2 && running.undelivered() == 3);
    return running;
  }

  @Test
  void areInNoFileOfTheHome() throws Exception {
    try (Sandbox sandbox = Echoing.start();
        Running running = running(sandbox)) {
      assertHomeIsClean();
      assertThat(Running.filesIn(home)).contains("data/ledger.db", "data/ledger.db-wal");
      assertThat(running.failed().resolve("default/refused.jpg.reason.txt"))
          .content()
          .contains("(key)", "(connection)");
    }
    assertHomeIsClean();
  }

  private void assertHomeIsClean() throws Exception {
    for (String file : Running.filesIn(home)) {
      byte[] bytes = Files.readAllBytes(home.resolve(file));
      assertThat(Secret.in(new String(bytes, StandardCharsets.ISO_8859_1))).as(file).isEmpty();
    }
  }

  @Test
  void areInNoNotification() throws Exception {
    try (Sandbox sandbox = Echoing.start();
        Running running = running(sandbox)) {
      assertThat(
              running.context().getEndpoint("mock:subscriber", MockEndpoint.class).getExchanges())
          .hasSize(3)
          .allSatisfy(
              exchange -> {
                assertThat(exchange.getMessage().getHeaders()).containsOnlyKeys("Content-Type");
                assertThat(Secret.in(exchange.getMessage().getBody(String.class))).isEmpty();
              });
    }
  }

  @Test
  void areInNoCallOfAWebhook() throws Exception {
    try (Sandbox sandbox = Echoing.start();
        Running running = running(sandbox)) {
      Running.patiently().until(() -> crm.sent().contains("media.uploaded"));

      assertThat(running.undelivered()).isEqualTo(3);
      assertThat(crm.sent()).contains("webhook-signature: v1,");
      assertThat(Secret.in(crm.sent())).isEmpty();
    }
  }

  @Test
  void areInNoCallForTheFileBehindAnItem() throws Exception {
    try (Sandbox sandbox = Echoing.start();
        FileServer server = FileServer.start();
        Running running =
            Running.on(home)
                .with("mediadrop.api.key", Secret.KEY.value())
                .with("mediadrop.api.connection-id", Secret.CONNECTION.value())
                .with("mediadrop.archive.assets", "download")
                .with("mediadrop.assets.private-addresses", "true")
                .start(sandbox)) {
      MediaFiles.write(running.drop().resolve("refused.jpg"), 1_000);
      running.awaitFailed(1);
      sandbox.faults().clear();
      sandbox
          .faults()
          .next(
              Route.WHOLE,
              FileServer.answering(
                  "{'id':1,'isReady':true,'files':{'full':{'url':'%s?a={{mediadrop.api.key}}'},"
                          .formatted(server.url("/braces"))
                      + "'thumb':{'url':'%s?a=%%24%%7Bvariable.lane.apiKey%%7D'}}}"
                          .formatted(server.url("/thumb"))));
      MediaFiles.write(running.drop().resolve("whole.jpg"), 10_000);
      Running.patiently().until(() -> running.drops("FILED") == 1 && server.calls("/thumb") == 1);

      assertThat(server.heads())
          .singleElement(as(STRING))
          .startsWith("GET /thumb?a=%24%7Bvariable.lane.apiKey%7D HTTP/1.1\n")
          .doesNotContainIgnoringCase("apiKey:")
          .doesNotContainIgnoringCase("connection-id")
          .satisfies(head -> assertThat(Secret.in(head)).isEmpty());
      assertHomeIsClean();
    }
  }

  @Test
  void areInNoAnswerToAMonitoringSystem() throws Exception {
    try (Sandbox sandbox = Echoing.start();
        Running running = running(sandbox)) {
      running
          .bean("ledger", Ledger.class)
          .note(handle -> handle.execute("UPDATE outbox SET at = at - 86400000"));
      sandbox.faults().next(Route.INIT, Faults.refuse(401, "UNAUTHORIZED"));
      MediaFiles.write(running.drop().resolve("paused.jpg"), 20_000);
      Message health = new DefaultMessage(running.context());
      Running.patiently()
          .until(
              () -> {
                running.bean("health", HealthChecks.class).all(health);
                return told(health).contains("\"paused\"");
              });
      Message metrics = new DefaultMessage(running.context());
      running.bean("metrics", Metrics.class).scrape(metrics);

      assertThat(told(health)).contains("notify.crm");
      assertThat(Secret.in(told(health) + told(metrics))).isEmpty();
      assertThat(console(running)).contains("refused.jpg", "paused", "notify.crm");
      assertThat(Secret.in(console(running))).isEmpty();
      assertThat(told(metrics)).contains("notify.crm").doesNotContain(".jpg", ".mp4", crm.url());
    }
  }

  private static String console(Running running) {
    ConsoleAnswers answers = running.bean("consoleAnswers", ConsoleAnswers.class);
    StringBuilder said = new StringBuilder();
    List.<Consumer<Message>>of(answers::overview, answers::lanes, answers::refused, answers::page)
        .forEach(
            answer -> {
              Message message = new DefaultMessage(running.context());
              answer.accept(message);
              said.append(told(message));
            });
    return said.toString();
  }

  private static String told(Message message) {
    return new String(message.getBody(byte[].class), StandardCharsets.UTF_8);
  }

  @Test
  void areInNoRouteDump() throws Exception {
    try (Sandbox sandbox = Echoing.start();
        Running running = running(sandbox)) {
      CamelContext context = running.context();
      ModelCamelContext model = (ModelCamelContext) context;
      StringBuilder dumps = new StringBuilder();
      for (RouteDefinition route : model.getRouteDefinitions()) {
        dumps.append(
            PluginHelper.getModelToXMLDumper(context)
                .dumpModelAsXml(context, route, true, true, true));
        dumps.append(yaml(context, route));
      }

      assertThat(dumps).contains("open-session").contains("default");
      assertThat(Secret.in(dumps.toString())).isEmpty();
    }
  }

  private static String yaml(CamelContext context, RouteDefinition route) throws Exception {
    try {
      return PluginHelper.getModelToYAMLDumper(context)
          .dumpModelAsYaml(context, route, true, false, true, true);
    } catch (RuntimeException e) {
      // Camel's writer stumbles over a route's own errorHandler
      return e.toString();
    }
  }

  @Test
  void areInNoAttributeOrDumpOfTheManagedBeans() throws Exception {
    try (Sandbox sandbox = Echoing.start();
        Running running = running(sandbox)) {
      StringBuilder seen = new StringBuilder();
      for (ObjectName name : BEANS.queryNames(new ObjectName("*:*"), null)) {
        if (!name.getDomain().startsWith("java")) {
          readAll(name, seen);
        }
      }
      ObjectName context =
          BEANS.queryNames(new ObjectName("org.apache.camel:type=context,*"), null).stream()
              .filter(
                  name -> name.getCanonicalName().contains(running.context().getManagementName()))
              .findFirst()
              .orElseThrow();
      seen.append(dump(context, "dumpRoutesAsXml")).append(dump(context, "dumpRoutesAsYaml"));

      assertThat(seen).contains("open-session").contains("folder-lane");
      assertThat(Secret.in(seen.toString())).isEmpty();
    }
  }

  private static Object dump(ObjectName context, String operation) throws Exception {
    try {
      return BEANS.invoke(
          context, operation, new Object[] {true}, new String[] {boolean.class.getName()});
    } catch (MBeanException e) {
      // Camel's YAML writer stumbles over a route's own errorHandler
      return e.getCause().toString();
    }
  }

  private static void readAll(ObjectName name, StringBuilder seen) throws Exception {
    seen.append(name).append('\n');
    for (MBeanAttributeInfo attribute : BEANS.getMBeanInfo(name).getAttributes()) {
      if (attribute.isReadable()) {
        try {
          seen.append(attribute.getName())
              .append('=')
              .append(BEANS.getAttribute(name, attribute.getName()))
              .append('\n');
        } catch (javax.management.JMException | RuntimeException e) {
          seen.append(e).append('\n');
        }
      }
    }
  }
}

package io.mediadrop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.mediadrop.media.MediaFiles;
import io.mediadrop.sandbox.Sandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.component.properties.DefaultPropertiesParser;
import org.apache.camel.component.properties.PropertiesComponent;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.Main;
import org.apache.camel.model.Model;
import org.apache.camel.spi.PropertiesSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Any Camel runtime: nothing but a context and the routes on the class path. */
class PlainContextTest {

  private static final String LANE =
      """
      - templatedRoute:
          routeId: alice
          routeTemplateRef: folder-lane
          parameters:
            - name: directory
              value: "{{mediadrop.home}}/drop"
            - name: connectionId
              value: "{{mediadrop.api.connection-id}}"
      """;

  @TempDir Path folder;
  private Path home;
  private final CamelContext context = new DefaultCamelContext();

  @BeforeEach
  void chooseAHome() {
    home = folder.resolve("home");
  }

  @AfterEach
  void stop() {
    context.stop();
  }

  private void configure(Sandbox sandbox) throws IOException {
    Path lanes = Files.createDirectories(folder.resolve("lanes"));
    Files.writeString(lanes.resolve("alice.camel.yaml"), LANE);
    Properties settings = new Properties();
    settings.put("mediadrop.lanes.folder", lanes.toString());
    settings.put("mediadrop.home", home.toString());
    settings.put("mediadrop.api.base-url", sandbox.baseUrl());
    settings.put("mediadrop.api.key", Sandbox.KEY);
    settings.put("mediadrop.api.connection-id", Sandbox.CONNECTION);
    settings.put("mediadrop.drop.settle", "300ms");
    settings.put("mediadrop.console.port", "0");
    settings.put("mediadrop.notify.uri", "mock:subscriber");
    settings.put("mediadrop.notify.audit.uri", "mock:audit");
    context.getPropertiesComponent().setInitialProperties(settings);
  }

  @Test
  void uploadsAFileWithTheRoutesOfTheBundle() throws Exception {
    try (Sandbox sandbox = Sandbox.start()) {
      configure(sandbox);
      context.start();
      assertThat(context.getShutdownStrategy().getTimeout()).isEqualTo(30);
      Running.patiently().until(() -> context.getRoute("alice") != null);
      MediaFiles.write(home.resolve("drop/a.jpg"), 1_000);

      MockEndpoint subscriber = context.getEndpoint("mock:subscriber", MockEndpoint.class);
      Running.patiently().until(() -> subscriber.getReceivedCounter() == 1);
      MockEndpoint audit = context.getEndpoint("mock:audit", MockEndpoint.class);
      Running.patiently().until(() -> audit.getReceivedCounter() == 1);
      assertThat(sandbox.uploads()).extracting("name").containsExactly("a.jpg");
      Running.patiently().until(() -> Running.filesIn(home.resolve("archive")).size() == 3);
      assertThat(Running.filesIn(home.resolve("archive")))
          .allMatch(file -> file.startsWith("alice/"));
    }
  }

  @Test
  void hasNoRoutesWhereTheBundleIsOff() throws Exception {
    try (Sandbox sandbox = Sandbox.start()) {
      configure(sandbox);
      context.getPropertiesComponent().addOverrideProperty("mediadrop.bundle", "off");
      context.start();

      assertThat(context.getRoutes()).isEmpty();
      assertThat(home).doesNotExist();
    }
  }

  @Test
  void hasEachRouteOnceAndTellsWhoIsToKnowOfTheStart() throws Exception {
    try (Sandbox sandbox = Sandbox.start()) {
      configure(sandbox);
      context.init();

      assertThat(context.getCamelContextExtension().getContextPlugin(Model.class))
          .returns(1L, model -> countOf(model, "deliver-file"))
          .returns(1L, model -> countOf(model, "publish-to-audit"));
    }
  }

  private static long countOf(Model model, String route) {
    return model.getRouteDefinitions().stream().filter(r -> route.equals(r.getId())).count();
  }

  @Test
  void hasTheDefaultsBelowEverythingElse() throws Exception {
    try (Sandbox sandbox = Sandbox.start()) {
      configure(sandbox);
      Properties source = new Properties();
      source.put("mediadrop.rate.burst", "7");
      context.getPropertiesComponent().addPropertiesSource(new OfTheRuntime(source));
      context.build();

      assertThat(context.resolvePropertyPlaceholders("{{mediadrop.rate.per-minute}}"))
          .isEqualTo("60");
      assertThat(context.resolvePropertyPlaceholders("{{mediadrop.rate.burst}}")).isEqualTo("7");
      assertThat(context.resolvePropertyPlaceholders("{{mediadrop.drop.settle}}"))
          .isEqualTo("300ms");
    }
  }

  @Test
  void hasTheDefaultsBelowWhatSpringBootHas() {
    context.build();
    PropertiesComponent component = new PropertiesComponent();
    component.setPropertiesParser(new OfSpringBoot(Map.of("mediadrop.rate.burst", "7")));
    component.setCamelContext(context);
    context.setPropertiesComponent(component);

    assertThat(context.resolvePropertyPlaceholders("{{mediadrop.rate.per-minute}}"))
        .isEqualTo("60");
    assertThat(context.resolvePropertyPlaceholders("{{mediadrop.rate.burst}}")).isEqualTo("7");
  }

  @Test
  void isNotPrintedWithItsSecrets() {
    Main main = new Main();
    main.setDefaultPropertyPlaceholderLocation("false");
    main.addOverrideProperty("mediadrop.bundle", "off");
    main.configure().withRoutesIncludePattern("false");
    Set<String> secrets =
        Set.of(
            "mediadrop.api.key",
            "mediadrop.api.connection-id",
            "mediadrop.notify.secret",
            "mediadrop.console.token",
            "mediadrop.notify.crm.uri",
            "alice.connection-id");
    secrets.forEach(key -> main.addOverrideProperty(key, "s3cret"));
    main.addOverrideProperty("mediadrop.drop.settle", "300ms");
    main.configure()
        .addRoutesBuilder(
            new RouteBuilder() {
              @Override
              public void configure() {
                secrets.forEach(key -> getContext().resolvePropertyPlaceholders("{{" + key + "}}"));
                getContext().resolvePropertyPlaceholders("{{mediadrop.drop.settle}}");
                getContext().resolvePropertyPlaceholders("{{mediadrop.rate.per-minute}}");
              }
            });
    Logger printer = (Logger) LoggerFactory.getLogger(BaseMainSupport.class);
    printer.setLevel(Level.INFO);
    try (LogLines log = new LogLines()) {
      main.start();

      assertThat(log.all())
          .anyMatch(line -> line.endsWith("mediadrop.drop.settle = 300ms"))
          .anyMatch(line -> line.endsWith("mediadrop.rate.per-minute = 60"))
          .noneMatch(line -> line.contains("s3cret"));
    } finally {
      main.stop();
      printer.setLevel(null);
    }
  }

  /** Spring Boot puts a component with one into the place of Camel's once the context is built. */
  private static final class OfSpringBoot extends DefaultPropertiesParser {

    private final Map<String, String> environment;

    OfSpringBoot(Map<String, String> environment) {
      this.environment = environment;
    }

    @Override
    public String customLookup(String key) {
      return environment.get(key);
    }
  }

  /** A source such as every runtime brings, without an order of its own. */
  private record OfTheRuntime(Properties values) implements PropertiesSource {

    @Override
    public String getName() {
      return "runtime";
    }

    @Override
    public String getProperty(String name) {
      return values.getProperty(name);
    }
  }
}

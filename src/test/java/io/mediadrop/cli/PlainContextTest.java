package io.mediadrop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediadrop.media.MediaFiles;
import io.mediadrop.sandbox.Sandbox;
import java.nio.file.Path;
import java.util.Properties;
import org.apache.camel.CamelContext;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.PropertiesSource;
import org.apache.camel.spi.RoutesLoader;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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

  @TempDir Path home;
  private final CamelContext context = new DefaultCamelContext();

  @AfterEach
  void stop() {
    context.stop();
  }

  private void configure(Sandbox sandbox) {
    Properties settings = new Properties();
    settings.put("mediadrop.home", home.toString());
    settings.put("mediadrop.api.base-url", sandbox.baseUrl());
    settings.put("mediadrop.api.key", Sandbox.KEY);
    settings.put("mediadrop.api.connection-id", Sandbox.CONNECTION);
    settings.put("mediadrop.drop.settle", "300ms");
    settings.put("mediadrop.notify.uri", "mock:subscriber");
    settings.put("mediadrop.notify.audit.uri", "mock:audit");
    context.getPropertiesComponent().setInitialProperties(settings);
  }

  @Test
  void uploadsAFileWithTheRoutesOfTheBundle() throws Exception {
    try (Sandbox sandbox = Sandbox.start()) {
      configure(sandbox);
      RoutesLoader loader = PluginHelper.getRoutesLoader(context);
      loader.loadRoutes(
          PluginHelper.getPackageScanResourceResolver(context)
              .findResources("classpath:camel/*.camel.yaml"));
      loader.loadRoutes(ResourceHelper.fromString("lane.camel.yaml", LANE));
      context.start();
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

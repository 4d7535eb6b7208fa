package io.mediadrop.host;

import io.mediadrop.sandbox.Sandbox;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;

/** An application with one lane in a Camel context that is no more than that. */
public final class PlainHost implements Closeable {

  private static final String LANE =
      """
      - templatedRoute:
          routeId: default
          routeTemplateRef: folder-lane
          parameters:
            - name: directory
              value: "{{mediadrop.home}}/drop"
            - name: connectionId
              value: "{{mediadrop.api.connection-id}}"
      """;

  private final CamelContext context = new DefaultCamelContext(false);

  /** Starts it in a folder, against a sandbox. */
  public PlainHost(Path folder, String baseUrl) throws IOException {
    context.setApplicationContextClassLoader(PlainHost.class.getClassLoader());
    context.build();
    context.getPropertiesComponent().setInitialProperties(settings(folder, baseUrl));
    context.start();
  }

  /** The settings of an application with its lane, which is written into the folder. */
  static Properties settings(Path folder, String baseUrl) throws IOException {
    Path lanes = Files.createDirectories(folder.resolve("lanes"));
    Files.writeString(lanes.resolve("default.camel.yaml"), LANE);
    Properties settings = new Properties();
    settings.put("mediadrop.home", folder.resolve("home").toString());
    settings.put("mediadrop.lanes.folder", lanes.toString());
    settings.put("mediadrop.api.base-url", baseUrl);
    settings.put("mediadrop.api.key", Sandbox.KEY);
    settings.put("mediadrop.api.connection-id", Sandbox.CONNECTION);
    settings.put("mediadrop.drop.settle", "300ms");
    settings.put("mediadrop.disk.min-free", "1MiB");
    settings.put("mediadrop.console.port", "0");
    return settings;
  }

  @Override
  public void close() {
    context.stop();
  }
}

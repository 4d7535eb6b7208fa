package io.mediadrop;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Properties;
import org.apache.camel.CamelContext;
import org.apache.camel.Ordered;
import org.apache.camel.component.properties.PropertiesComponent;
import org.apache.camel.spi.ContextServicePlugin;
import org.apache.camel.spi.PropertiesSource;

/**
 * Gives every Camel context that has this jar on its class path the settings' defaults, below
 * everything that the runtime itself brings. Found by Camel through {@code META-INF/services}.
 */
public class BundledSettings implements ContextServicePlugin {

  /** The settings with their defaults, as they stand in {@code config/application.properties}. */
  public static final String RESOURCE = "/mediadrop.properties";

  /** The defaults, without the settings that have none. */
  public static Properties defaults() {
    Properties defaults = new Properties();
    try (InputStream in = BundledSettings.class.getResourceAsStream(RESOURCE);
        Reader reader = new InputStreamReader(in, StandardCharsets.UTF_8)) {
      defaults.load(reader);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return defaults;
  }

  @Override
  public void load(CamelContext context) {
    org.apache.camel.spi.PropertiesComponent component = context.getPropertiesComponent();
    component.addPropertiesSource(new Defaults(defaults(), component));
  }

  private record Defaults(Properties values, org.apache.camel.spi.PropertiesComponent component)
      implements PropertiesSource, Ordered {

    @Override
    public String getName() {
      return "mediadrop";
    }

    @Override
    public String getProperty(String name) {
      return isInitial(name) ? null : values.getProperty(name);
    }

    /** Camel asks sources before the initial properties, which a plain context may well use. */
    private boolean isInitial(String name) {
      return component instanceof PropertiesComponent known
          && known.getInitialProperties() != null
          && known.getInitialProperties().containsKey(name);
    }

    @Override
    public int getOrder() {
      return Ordered.LOWEST;
    }
  }
}

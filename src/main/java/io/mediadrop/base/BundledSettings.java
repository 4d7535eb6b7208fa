package io.mediadrop.base;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Properties;
import org.apache.camel.CamelContext;
import org.apache.camel.ExtendedCamelContext;
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

  /** The last words of keys, an address among them because it may hold a token. */
  private static final String SECRETS = "apikey,connectionid,uri,proxy";

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
    hideSecrets(context.getCamelContextExtension());
    Defaults source = new Defaults(defaults(), context);
    context.getPropertiesComponent().addPropertiesSource(source);
    // found there by a component that a runtime puts into the place of this one
    context.getRegistry().bind("mediadropDefaults", PropertiesSource.class, source);
  }

  /** Camel's runtimes print every setting at the start, but those that end in one of these. */
  private static void hideSecrets(ExtendedCamelContext context) {
    String before = context.getAdditionalSensitiveKeywords();
    context.setAdditionalSensitiveKeywords(before == null ? SECRETS : before + "," + SECRETS);
  }

  private record Defaults(Properties values, CamelContext context)
      implements PropertiesSource, Ordered {

    @Override
    public String getName() {
      return "mediadrop";
    }

    @Override
    public String getProperty(String name) {
      return isOfTheRuntime(name) ? null : values.getProperty(name);
    }

    /** Camel asks sources before the initial properties, and before those of Spring Boot. */
    private boolean isOfTheRuntime(String name) {
      return context.getPropertiesComponent() instanceof PropertiesComponent known
          && (known.getInitialProperties() != null && known.getInitialProperties().containsKey(name)
              || known.getPropertiesParser().customLookup(name) != null);
    }

    @Override
    public int getOrder() {
      return Ordered.LOWEST;
    }
  }
}

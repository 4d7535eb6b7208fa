package io.mediadrop.console;

import io.mediadrop.base.ConfigurationMistake;
import io.mediadrop.base.Literal;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelContextAware;
import org.apache.camel.component.platform.http.PlatformHttpConstants;
import org.apache.camel.component.platform.http.spi.PlatformHttpEngine;
import org.apache.camel.spi.FactoryFinder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether there is a console, and by which server: the application's own one, where it has one for
 * Camel's platform-http, else one of ours.
 */
public class Console implements CamelContextAware {

  private static final Logger LOG = LoggerFactory.getLogger("mediadrop");

  private final CallerLog callers = new CallerLog();
  private CamelContext camelContext;
  private ConsoleEngine engine;
  private boolean open;
  private int port;
  private String address;
  private String token = "";
  private String path = "";

  /**
   * Chooses the server; ours listens from the moment on that the first route is there.
   *
   * @throws ConfigurationMistake if ours would be open to others, or cannot be what is set
   */
  public void open() {
    ConsoleForm form = new ConsoleForm(port, address, token, path);
    if (hasServerOfTheHost()) {
      open = !path.isEmpty() && isRightOnTheHost(form);
    } else if (port != 0) {
      form.requireForOwnServer();
      engine = new ConsoleEngine(form.place(), port, path, callers);
      camelContext.getRegistry().bind(PlatformHttpConstants.PLATFORM_HTTP_ENGINE_NAME, engine);
      open = true;
    }
  }

  /** Ends our own server. */
  public void close() {
    if (engine != null) {
      engine.close();
    }
  }

  /** Whether the console's routes are there at all. */
  public boolean isOpen() {
    return open;
  }

  /** What each request must prove to know; empty where none is set. */
  String token() {
    return token;
  }

  CallerLog callers() {
    return callers;
  }

  private boolean hasServerOfTheHost() {
    return camelContext
                .getRegistry()
                .lookupByNameAndType(
                    PlatformHttpConstants.PLATFORM_HTTP_ENGINE_NAME, PlatformHttpEngine.class)
            != null
        || camelContext
            .getCamelContextExtension()
            .getFactoryFinder(FactoryFinder.DEFAULT_PATH)
            .findClass(PlatformHttpConstants.PLATFORM_HTTP_ENGINE_FACTORY)
            .isPresent();
  }

  /** Nothing of ours ends an application for a mistake about a server that is not ours. */
  private static boolean isRightOnTheHost(ConsoleForm form) {
    try {
      form.require();
      return true;
    } catch (ConfigurationMistake e) {
      LOG.warn("There is no console: {}", e.getMessage());
      return false;
    }
  }

  public void setPort(int port) {
    this.port = port;
  }

  public void setAddress(String address) {
    this.address = address;
  }

  public void setToken(String token) {
    this.token = Literal.unwrap(token);
  }

  public void setPath(String path) {
    this.path = path;
  }

  @Override
  public CamelContext getCamelContext() {
    return camelContext;
  }

  @Override
  public void setCamelContext(CamelContext camelContext) {
    this.camelContext = camelContext;
  }
}

package io.mediadrop.base;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.Service;
import org.apache.camel.spi.ContextServicePlugin;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.LifecycleStrategySupport;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;

/**
 * Gives every Camel context that has this jar on its class path the routes in it, unless {@code
 * mediadrop.bundle} is {@code off}. Found by Camel through {@code META-INF/services}.
 */
public class BundledRoutes implements ContextServicePlugin {

  /** Where the routes are in the jar, beside a list of their names. */
  public static final String PLACE = "mediadrop/routes";

  /** Camel binds beans anew that it finds after a route. */
  private static final Comparator<String> BEANS_FIRST =
      Comparator.comparing(name -> !name.startsWith("beans."));

  /** Asks to be told of the start: until then no runtime has all its settings. */
  @Override
  public void load(CamelContext context) {
    context.addLifecycleStrategy(new AtTheStart(context));
  }

  /** All of them, the beans first. They are read by the class loader that has this class. */
  private static List<Resource> routes() {
    return new String(content("list"), StandardCharsets.UTF_8)
        .lines()
        .sorted(BEANS_FIRST)
        .map(name -> ResourceHelper.fromBytes("classpath:" + PLACE + "/" + name, content(name)))
        .toList();
  }

  private static byte[] content(String name) {
    try (InputStream in = BundledRoutes.class.getResourceAsStream("/" + PLACE + "/" + name)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Reads the routes before the strategies of the context are told that it begins, so that those
   * which come with the beans are told as well.
   */
  private static final class AtTheStart extends LifecycleStrategySupport implements Service {

    private final CamelContext context;

    AtTheStart(CamelContext context) {
      this.context = context;
    }

    @Override
    public void init() {
      if (context.resolvePropertyPlaceholders("{{mediadrop.bundle}}").equals("off")) {
        return;
      }
      try {
        PluginHelper.getRoutesLoader(context).loadRoutes(routes());
      } catch (Exception e) {
        throw RuntimeCamelException.wrapRuntimeException(e);
      }
    }

    @Override
    public void start() {
      // the routes start with the context
    }

    @Override
    public void stop() {
      // and stop with it
    }
  }
}

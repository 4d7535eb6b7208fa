package io.mediadrop.console;

import java.util.Set;
import java.util.TreeSet;
import org.apache.camel.Processor;
import org.apache.camel.Suspendable;
import org.apache.camel.component.platform.http.PlatformHttpEndpoint;
import org.apache.camel.component.platform.http.spi.PlatformHttpConsumer;
import org.apache.camel.support.DefaultConsumer;

/** Which requests a route answers. */
final class ConsoleConsumer extends DefaultConsumer implements PlatformHttpConsumer, Suspendable {

  private final ConsoleEngine engine;
  private final String path;
  private final Set<String> methods;

  ConsoleConsumer(ConsoleEngine engine, PlatformHttpEndpoint endpoint, Processor processor) {
    super(endpoint, processor);
    this.engine = engine;
    path = endpoint.getPath().startsWith("/") ? endpoint.getPath() : "/" + endpoint.getPath();
    methods = methodsOf(endpoint.getHttpMethodRestrict());
  }

  private static Set<String> methodsOf(String restricted) {
    Set<String> methods =
        new TreeSet<>(
            Set.of(
                restricted == null
                    ? new String[] {"GET", "POST", "PUT", "DELETE", "PATCH"}
                    : restricted.split(",")));
    if (methods.contains("GET")) {
      methods.add("HEAD");
    }
    return methods;
  }

  @Override
  public PlatformHttpEndpoint getEndpoint() {
    return (PlatformHttpEndpoint) super.getEndpoint();
  }

  String path() {
    return path;
  }

  /** The methods that may be asked with. */
  Set<String> methods() {
    return methods;
  }

  /** Whether the path, as it was written, is this route's. */
  boolean serves(String asked) {
    return asked.equals(path)
        || getEndpoint().isMatchOnUriPrefix()
            && asked.startsWith(path.endsWith("/") ? path : path + "/");
  }

  @Override
  protected void doStart() throws Exception {
    super.doStart();
    engine.add(this);
  }

  @Override
  protected void doStop() throws Exception {
    engine.remove(this);
    super.doStop();
  }

  @Override
  protected void doSuspend() {
    engine.remove(this);
  }

  @Override
  protected void doResume() {
    engine.add(this);
  }
}

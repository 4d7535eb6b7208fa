package io.mediadrop.console;

import java.io.IOException;
import java.net.InetAddress;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.Processor;
import org.apache.camel.component.platform.http.PlatformHttpEndpoint;
import org.apache.camel.component.platform.http.spi.PlatformHttpConsumer;
import org.apache.camel.component.platform.http.spi.PlatformHttpEngine;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A server for Camel's platform-http that bears with anything that a client may do. It listens
 * while a route is there to answer.
 */
final class ConsoleEngine implements PlatformHttpEngine {

  private static final Logger LOG = LoggerFactory.getLogger("mediadrop");

  private final List<ConsoleConsumer> consumers = new CopyOnWriteArrayList<>();
  private final InetAddress address;
  private final int port;
  private final String path;
  private final CallerLog callers;
  private ConsoleServer server;
  private boolean refused;

  ConsoleEngine(InetAddress address, int port, String path, CallerLog callers) {
    this.address = address;
    this.port = port;
    this.path = path;
    this.callers = callers;
  }

  @Override
  public PlatformHttpConsumer createConsumer(PlatformHttpEndpoint endpoint, Processor processor) {
    return new ConsoleConsumer(this, endpoint, processor);
  }

  @Override
  public int getServerPort() {
    return port;
  }

  /** Lets requests come to a route. */
  synchronized void add(ConsoleConsumer consumer) {
    consumers.add(consumer);
    if (server != null || refused) {
      return;
    }
    try {
      server = new ConsoleServer(address, port, new RouteAnswers(this, callers), callers);
      LOG.info("Console  http://{}:{}{}/", host(), port, path);
    } catch (IOException e) {
      refused = true;
      LOG.warn(
          "There is no console, and all else goes on: {} port {} cannot be had ({}). Set mediadrop.console.port (MEDIADROP_CONSOLE_PORT) to another, or to 0 for none",
          address.getHostAddress(),
          port,
          e.getMessage());
    }
  }

  private String host() {
    String host = address.isAnyLocalAddress() ? "127.0.0.1" : address.getHostAddress();
    return host.contains(":") ? "[" + host + "]" : host;
  }

  /** Lets no more requests come to a route; whoever is connected after the last one is cut off. */
  synchronized void remove(ConsoleConsumer consumer) {
    if (consumers.remove(consumer) && consumers.isEmpty()) {
      close();
    }
  }

  /**
   * The route for a path: that of the very path, else that of the longest one that it begins with.
   */
  ConsoleConsumer find(String path) {
    return consumers.stream()
        .filter(consumer -> consumer.serves(path))
        .max(Comparator.comparingInt(consumer -> consumer.path().length()))
        .orElse(null);
  }

  synchronized void close() {
    if (server != null) {
      server.close();
      server = null;
    }
  }
}

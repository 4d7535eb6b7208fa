package io.mediadrop.crash;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import io.mediadrop.ledger.EventSchemas;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A webhook endpoint that remembers which events it was told of which file. */
final class Subscriber implements AutoCloseable {

  private final Map<String, Set<String>> eventIds = new ConcurrentHashMap<>();
  private final Queue<String> violations = new ConcurrentLinkedQueue<>();
  private final HttpServer server;

  Subscriber() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          byte[] message = exchange.getRequestBody().readAllBytes();
          JsonNode event = new ObjectMapper().readTree(message);
          violations.addAll(EventSchemas.violations(message));
          eventIds
              .computeIfAbsent(
                  event.path("data").path("file").asText(), f -> ConcurrentHashMap.newKeySet())
              .add(event.path("id").asText());
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    server.start();
  }

  String uri() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/hook";
  }

  /** The ids of the events about a file, by its path below the lane. */
  Set<String> eventsOf(String file) {
    return eventIds.getOrDefault(file, Set.of());
  }

  @Override
  public void close() {
    server.stop(0);
    assertThat(violations).isEmpty();
  }
}

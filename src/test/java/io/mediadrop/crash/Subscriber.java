package io.mediadrop.crash;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import io.mediadrop.ledger.EventSchemas;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A webhook endpoint that remembers which events it was told of which file. */
final class Subscriber implements AutoCloseable {

  private final Map<String, JsonNode> events = Collections.synchronizedMap(new LinkedHashMap<>());
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
          if (events.putIfAbsent(event.path("id").asText(), event) != null
              && !events.get(event.path("id").asText()).equals(event)) {
            violations.add(event + " was told differently before");
          }
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
    return about(file).map(event -> event.path("id").asText()).collect(Collectors.toSet());
  }

  /** The types of the events about a file, in the order in which they came first. */
  List<String> typesOf(String file) {
    return about(file).map(event -> event.path("type").asText()).toList();
  }

  /** What the events about a file told. */
  List<JsonNode> dataOf(String file) {
    return about(file).map(event -> event.path("data")).toList();
  }

  private Stream<JsonNode> about(String file) {
    return List.copyOf(events.values()).stream()
        .filter(event -> event.path("data").path("file").asText().equals(file));
  }

  @Override
  public void close() {
    server.stop(0);
    assertThat(violations).isEmpty();
  }
}

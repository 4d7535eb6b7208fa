package io.mediadrop.notify;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Somebody's webhook, which keeps what it got and answers as it is told. */
public final class WebhookEndpoint implements AutoCloseable {

  /** One POST as it came in. */
  public record Message(String path, Map<String, String> headers, byte[] body) {

    public JsonNode json() {
      try {
        return new ObjectMapper().readTree(body);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    public String id() {
      return json().path("id").asText();
    }

    public String type() {
      return json().path("type").asText();
    }

    public JsonNode data() {
      return json().path("data");
    }
  }

  /** Answers the message with this number, counted from 1. */
  public interface Answering {
    void answer(int number, HttpExchange exchange) throws IOException;
  }

  private final List<Message> messages = new CopyOnWriteArrayList<>();
  private final ExecutorService workers = Executors.newCachedThreadPool();
  private final HttpServer server;
  private volatile Answering answering =
      (number, exchange) -> exchange.sendResponseHeaders(204, -1);

  /** Listens, and takes everything. */
  public WebhookEndpoint() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(workers);
    server.createContext("/", this::take);
    server.start();
  }

  private void take(HttpExchange exchange) throws IOException {
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, values.get(0)));
    byte[] body = exchange.getRequestBody().readAllBytes();
    int number;
    synchronized (messages) {
      messages.add(new Message(exchange.getRequestURI().getPath(), headers, body));
      number = messages.size();
    }
    try (exchange) {
      answering.answer(number, exchange);
    }
  }

  public WebhookEndpoint answering(Answering now) {
    answering = now;
    return this;
  }

  /** Answers everything with this status. */
  public WebhookEndpoint answering(int status) {
    return answering((number, exchange) -> exchange.sendResponseHeaders(status, -1));
  }

  public String uri() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/hook";
  }

  /** All messages so far, the repeated ones included. */
  public List<Message> messages() {
    return messages;
  }

  public List<String> types() {
    return messages.stream().map(Message::type).toList();
  }

  @Override
  public void close() {
    server.stop(0);
    workers.shutdownNow();
  }
}

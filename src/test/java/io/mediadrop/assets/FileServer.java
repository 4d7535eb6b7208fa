package io.mediadrop.assets;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mediadrop.api.AnswerJson;
import io.mediadrop.sandbox.Answer;
import io.mediadrop.sandbox.Exchange;
import io.mediadrop.sandbox.Fault;
import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Where the files behind items are: a server on this machine of which a test decides every byte.
 */
public final class FileServer implements Closeable {

  /** Answers the call of a path with this number, counted from 1. */
  @FunctionalInterface
  public interface Answering {
    void answer(int number, OutputStream out) throws IOException, InterruptedException;
  }

  private final ServerSocket ear = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private final List<String> heads = new CopyOnWriteArrayList<>();
  private final Map<String, Integer> calls = new ConcurrentHashMap<>();
  private final Map<String, Answering> answers = new ConcurrentHashMap<>();

  private FileServer() throws IOException {
    thread(this::accept);
  }

  /** Begins to listen. */
  public static FileServer start() throws IOException {
    return new FileServer();
  }

  /** What it answers a path with. */
  public FileServer on(String path, Answering answering) {
    answers.put(path, answering);
    return this;
  }

  /** A path with a file of this type. */
  FileServer on(String path, String type, byte[] content) {
    return on(path, (number, out) -> send(out, type, content));
  }

  /** A whole file, with its length. */
  static void send(OutputStream out, String type, byte[] content) throws IOException {
    say(out, "200 OK", "Content-Type: " + type, "Content-Length: " + content.length);
    out.write(content);
  }

  /** The head of an answer. */
  public static void say(OutputStream out, String status, String... headers) throws IOException {
    String head = "HTTP/1.1 " + status + "\r\n";
    for (String header : headers) {
      head += header + "\r\n";
    }
    out.write((head + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
  }

  int port() {
    return ear.getLocalPort();
  }

  /** The address of a path. */
  public String url(String path) {
    return "http://127.0.0.1:" + port() + path;
  }

  /** What the clients have said. */
  public List<String> heads() {
    return heads;
  }

  /** How often a path was called. */
  public int calls(String path) {
    return calls.getOrDefault(path, 0);
  }

  private void accept() throws IOException {
    while (true) {
      Socket client = ear.accept();
      sockets.add(client);
      thread(() -> serve(client));
    }
  }

  private void serve(Socket client) throws IOException, InterruptedException {
    try (client) {
      BufferedReader in =
          new BufferedReader(
              new InputStreamReader(client.getInputStream(), StandardCharsets.ISO_8859_1));
      StringBuilder head = new StringBuilder();
      for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
        head.append(line).append('\n');
      }
      heads.add(head.toString());
      String path = head.toString().split("[ ?]")[1];
      answers
          .getOrDefault(path, (number, out) -> say(out, "404 Not Found", "Content-Length: 0"))
          .answer(calls.merge(path, 1, Integer::sum), client.getOutputStream());
    }
  }

  private interface Listening {
    void run() throws IOException, InterruptedException;
  }

  private static void thread(Listening listening) {
    Thread thread =
        new Thread(
            () -> {
              try {
                listening.run();
              } catch (IOException | InterruptedException e) {
                // one end has closed
              }
            });
    thread.setDaemon(true);
    thread.start();
  }

  /** Lets the sandbox answer an upload with this media, as JSON with {@code '} for quotes. */
  public static Fault answering(String media) {
    return new Fault() {
      @Override
      public Answer answering(Answer answer, Exchange call) throws IOException {
        ObjectNode body = (ObjectNode) AnswerJson.mapper().readTree(answer.body());
        body.set("media", AnswerJson.mapper().readTree(media.replace('\'', '"')));
        return answer.withBody(AnswerJson.mapper().writeValueAsBytes(body));
      }
    };
  }

  @Override
  public void close() throws IOException {
    ear.close();
    for (Socket socket : sockets) {
      socket.close();
    }
  }
}

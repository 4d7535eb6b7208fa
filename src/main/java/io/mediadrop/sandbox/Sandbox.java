package io.mediadrop.sandbox;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.Objects;

/**
 * The OFAuth upload API on a loopback port, with an oracle: what was really uploaded, and every
 * call that was made.
 */
public final class Sandbox implements Closeable {
  /** The API key it knows unless told otherwise. */
  public static final String KEY = "sk_sandbox_demo";

  /** The connection it knows unless told otherwise. */
  public static final String CONNECTION = "conn_demo";

  private final SandboxOptions options;
  private final Connections connections;
  private final CallLog calls = new CallLog();
  private final UploadSessions sessions;
  private final UploadLog uploads;
  private final PartStore store;
  private final LoopbackServer server;

  private Sandbox(SandboxOptions options) throws IOException {
    this.options = options;
    this.connections = new Connections(options);
    this.sessions = new UploadSessions(options);
    this.uploads = new UploadLog(options.log);
    this.store = new PartStore(options.hashing, options.temporaryFolder);
    this.server = new LoopbackServer(options, door());
  }

  /**
   * Starts to answer.
   *
   * @throws IOException if the port is taken or the log cannot be written
   */
  public static Sandbox start(SandboxOptions options) throws IOException {
    return new Sandbox(options);
  }

  public static Sandbox start() throws IOException {
    return start(SandboxOptions.defaults());
  }

  /** Such as {@code http://127.0.0.1:8089}. */
  public String baseUrl() {
    return "http://127.0.0.1:" + port();
  }

  public int port() {
    return server.port();
  }

  /** The finished uploads, in order. */
  public List<Upload> uploads() {
    return uploads.all();
  }

  /** Every call received, in order of arrival, unfinished ones included. */
  public List<Call> calls() {
    return calls.all();
  }

  public List<OpenSession> openSessions() {
    return sessions.open();
  }

  /** Loses every unfinished upload, as a server does that was restarted. */
  public void forgetOpenSessions() throws IOException {
    sessions.forgetOpen();
  }

  /** A connection to expire, reconnect or restrict. */
  public Connection connection(String id) {
    return Objects.requireNonNull(connections.get(id), () -> "No connection " + id);
  }

  /** The faults to come. */
  public FaultScript faults() {
    return options.faults;
  }

  /** Cuts all connections and removes temporary files. */
  @Override
  public void close() throws IOException {
    server.close();
    store.close();
    uploads.close();
  }

  private FrontDoor door() {
    Routes routes =
        new Routes(
            new Gate(connections, options),
            new UploadRoutes(options, sessions, store, uploads),
            new PublishRoutes(sessions),
            new AccountRoutes(connections));
    return new FrontDoor(options, routes, connections, calls);
  }
}

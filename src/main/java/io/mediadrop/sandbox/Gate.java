package io.mediadrop.sandbox;

/**
 * Lets a call through if its route exists, its key and connection are good, and tokens are left.
 */
final class Gate {
  private final Connections connections;
  private final SandboxOptions options;
  private final Refusals refusals;

  Gate(Connections connections, SandboxOptions options) {
    this.connections = connections;
    this.options = options;
    this.refusals = new Refusals(options);
  }

  void admit(Exchange call) throws Refused {
    if (call.route() == Route.UNKNOWN || (!options.rawColon && call.target().hasRawColon())) {
      throw new Refused(404, "ROUTE_NOT_FOUND", "There is no such route");
    }
    if (call.route() == Route.MEDIA_FILE) {
      return;
    }
    if (!connections.knowsKey(call.key())) {
      throw new Refused(401, "UNAUTHORIZED", "API key is missing or invalid");
    }
    if (call.route().needsConnection()) {
      admit(call, connection(call));
    }
  }

  private Connection connection(Exchange call) throws Refused {
    if (call.connectionId() == null) {
      throw refusals.of(Refusal.NO_CONNECTION);
    }
    Connection connection = connections.find(call.key(), call.connectionId());
    if (connection == null) {
      throw new Refused(401, "SESSION_NOT_PROVIDED", "No session data for this connection");
    }
    return connection;
  }

  private void admit(Exchange call, Connection connection) throws Refused {
    call.speakFor(connection);
    boolean withinLimit = connection.bucket().take();
    call.addHeaders(connection.bucket().headers());
    if (!withinLimit) {
      throw new Refused(429, "RATE_LIMIT_EXCEEDED", "Too many calls, wait and try again");
    }
    if (connection.isExpired()) {
      throw new Refused(
          401, "SESSION_EXPIRED", "The session of this connection has expired", "refresh_session");
    }
    if (!connection.may(call.route().permission)) {
      throw new Refused(403, "FORBIDDEN", "Permission " + call.route().permission + " is missing");
    }
  }
}

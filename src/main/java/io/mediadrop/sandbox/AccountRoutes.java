package io.mediadrop.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** What a key may do, and the state of its connections. */
final class AccountRoutes {
  private static final String SINCE = "2026-01-01T00:00:00.000Z";

  private final Connections connections;

  AccountRoutes(Connections connections) {
    this.connections = connections;
  }

  Answer whoami(Exchange call) {
    ObjectNode body = Json.object().put("id", "org_sandbox").put("name", "Sandbox");
    var permissions = body.putArray("permissions");
    connections.of(call.key()).stream()
        .flatMap(connection -> connection.permissions().stream())
        .distinct()
        .forEach(permissions::add);
    return Answer.json(200, body);
  }

  Answer connections(Exchange call) throws Refused {
    Page page = Page.of(call, 10);
    String wanted = call.query("status");
    List<Connection> known =
        connections.of(call.key()).stream()
            .filter(connection -> wanted == null || wanted.equals(status(connection)))
            .toList();
    return Answer.json(200, page.json(known, AccountRoutes::json));
  }

  private static String status(Connection connection) {
    return connection.isExpired() ? "expired" : "active";
  }

  private static ObjectNode json(Connection connection) {
    ObjectNode json = Json.object().put("status", status(connection)).put("id", connection.id());
    json.putObject("userData")
        .put("id", 1)
        .put("name", "Sandbox creator")
        .put("username", connection.id())
        .putNull("avatar");
    var permissions = json.putArray("permissions");
    connection.permissions().forEach(permissions::add);
    return json.put("expiredAt", connection.isExpired() ? SINCE : null)
        .put("createdAt", SINCE)
        .put("updatedAt", SINCE)
        .putNull("clientReferenceId")
        .put("imported", false)
        .putNull("lastCheckedAt");
  }
}

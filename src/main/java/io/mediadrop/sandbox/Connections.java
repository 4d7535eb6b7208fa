package io.mediadrop.sandbox;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;

/** The keys and connections the sandbox knows. */
final class Connections {
  private final Map<String, Connection> byId = new ConcurrentSkipListMap<>();
  private final SandboxOptions options;

  Connections(SandboxOptions options) {
    this.options = options;
    options.accesses.forEach(this::add);
    if (options.accesses.isEmpty()) {
      add(access(Sandbox.KEY, Sandbox.CONNECTION));
    }
  }

  boolean knowsKey(String key) {
    return key != null
        && !key.isEmpty()
        && (options.anyCredentials || byId.values().stream().anyMatch(c -> c.belongsTo(key)));
  }

  /** The connection of that id if the key may use it, or null. */
  Connection find(String key, String id) {
    if (id == null || id.isEmpty()) {
      return null;
    }
    if (options.anyCredentials) {
      return byId.computeIfAbsent(id, unknown -> connection(access(key, unknown)));
    }
    Connection connection = byId.get(id);
    return connection != null && connection.belongsTo(key) ? connection : null;
  }

  /** The connection of that id, whosever it is, or null. */
  Connection get(String id) {
    return id == null ? null : byId.get(id);
  }

  List<Connection> of(String key) {
    return byId.values().stream().filter(c -> c.belongsTo(key)).toList();
  }

  private void add(SandboxOptions.Access access) {
    byId.put(access.connection(), connection(access));
  }

  private Connection connection(SandboxOptions.Access access) {
    return new Connection(access, options.rateLimit, options.clock);
  }

  private static SandboxOptions.Access access(String key, String id) {
    return new SandboxOptions.Access(key, id, Set.of(Permission.READ, Permission.WRITE));
  }
}

package io.mediadrop.sandbox;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** Opens upload sessions and finds them again. */
final class UploadSessions {
  private final Map<String, UploadSession> byId = new ConcurrentHashMap<>();
  private final SandboxOptions options;
  private final Refusals refusals;

  UploadSessions(SandboxOptions options) {
    this.options = options;
    this.refusals = new Refusals(options);
  }

  UploadSession open(InitRequest file, Connection connection) {
    UploadSession session =
        new UploadSession(
            "upload:" + UUID.randomUUID(),
            file,
            connection,
            Layout.of(file.size(), options),
            options.clock.instant().plus(options.sessionLifetime),
            refusals);
    byId.put(session.id(), session);
    return session;
  }

  /** A session of this connection that has not expired before it was finished. */
  UploadSession find(String id, Connection connection) throws Refused {
    UploadSession session = byId.get(id);
    if (session == null) {
      throw Refused.notFound("Upload not found");
    }
    if (session.connection() != connection) {
      throw refusals.of(Refusal.FOREIGN_SESSION);
    }
    if (session.item() == null && session.hasExpired(options.clock.instant())) {
      throw refusals.of(Refusal.EXPIRED_SESSION);
    }
    return session;
  }

  List<OpenSession> open() {
    return byId.values().stream()
        .filter(session -> session.item() == null)
        .map(
            session ->
                new OpenSession(
                    session.id(),
                    session.file().filename(),
                    session.file().size(),
                    session.connection().id(),
                    session.received()))
        .toList();
  }

  void forgetOpen() throws IOException {
    for (UploadSession session : List.copyOf(byId.values())) {
      if (session.item() == null && byId.remove(session.id()) != null) {
        session.discard();
      }
    }
  }
}

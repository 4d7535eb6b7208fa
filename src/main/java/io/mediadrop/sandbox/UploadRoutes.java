package io.mediadrop.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;

/** The five upload calls: check, init, PUT whole, PUT part, complete. */
final class UploadRoutes {
  private final SandboxOptions options;
  private final UploadSessions sessions;
  private final PartStore store;
  private final Finishing finishing;
  private final PlanWriter plans;

  UploadRoutes(SandboxOptions options, UploadSessions sessions, PartStore store, UploadLog log) {
    this.options = options;
    this.sessions = sessions;
    this.store = store;
    this.finishing = new Finishing(options, log);
    this.plans = new PlanWriter(options);
  }

  Answer check(Exchange call) throws IOException, Refused {
    JsonNode body = call.json();
    String etag = InitRequest.text(body, "etag").replace("\"", "");
    MediaItem item =
        call.connection().vault().check(etag, InitRequest.positive(body, "size")).orElse(null);
    ObjectNode answer = Json.object().put("exists", item != null);
    if (item != null) {
      answer.set("media", item.json(call.baseUrl()));
    }
    return Answer.json(200, answer);
  }

  Answer init(Exchange call) throws IOException, Refused {
    InitRequest file = InitRequest.read(call.json(), options.legacyInit);
    return plans.answer(sessions.open(file, call.connection()), call.baseUrl());
  }

  Answer putWhole(Exchange call) throws IOException, Refused {
    UploadSession session = session(call);
    session.expectWhole();
    long expected = session.file().size();
    Checksums checksums = Checksums.of(options.hashing);
    long length = Blocks.pour(call.body(), expected, checksums::update);
    session.expectLength(expected, length);
    return finished(session, finishing.finish(session, checksums), call);
  }

  Answer putPart(Exchange call) throws IOException, Refused {
    UploadSession session = session(call);
    int number = number(call.parameter(1));
    StoredPart part = store.receive(call.body(), session.expectPart(number));
    try {
      session.accept(number, part);
    } catch (Refused refused) {
      part.discard();
      throw refused;
    }
    return Answer.json(
        200,
        Json.object()
            .put("mediaUploadId", session.id())
            .put("partNumber", number)
            .put("etag", part.etag()));
  }

  Answer complete(Exchange call) throws IOException, Refused {
    String id = InitRequest.text(call.json(), "mediaUploadId");
    UploadSession session = sessions.find(id, call.connection());
    MediaItem before = options.idempotentComplete ? session.item() : null;
    return finished(session, before == null ? finishing.complete(session) : before, call);
  }

  private UploadSession session(Exchange call) throws Refused {
    return sessions.find(call.parameter(0), call.connection());
  }

  private static Answer finished(UploadSession session, MediaItem item, Exchange call) {
    ObjectNode answer = Json.object().put("mediaUploadId", session.id());
    if (item.isPresent()) {
      answer.set("media", item.json(call.baseUrl()));
    } else if (item.behaviour().odd()) {
      answer.putNull("media");
    }
    return Answer.json(200, answer);
  }

  private static int number(String text) {
    return text.matches("\\d{1,9}") ? Integer.parseInt(text) : 0;
  }
}

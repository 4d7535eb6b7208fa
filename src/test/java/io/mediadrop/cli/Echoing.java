package io.mediadrop.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mediadrop.api.AnswerJson;
import io.mediadrop.sandbox.Answer;
import io.mediadrop.sandbox.Exchange;
import io.mediadrop.sandbox.Fault;
import io.mediadrop.sandbox.Faults;
import io.mediadrop.sandbox.Route;
import io.mediadrop.sandbox.Sandbox;
import io.mediadrop.sandbox.SandboxOptions;
import io.mediadrop.sandbox.When;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** A sandbox that takes the secrets of {@link Secret} and says them back in many answers. */
final class Echoing {

  private Echoing() {}

  static Sandbox start() throws IOException {
    Sandbox sandbox =
        Sandbox.start(
            SandboxOptions.defaults()
                .withPartSize(64 * 1024)
                .withConnection(Secret.KEY.value(), Secret.CONNECTION.value()));
    String said = Secret.echoed();
    sandbox
        .faults()
        .on(When.route(Route.INIT).call(1), refused(401, "RULES_OUTDATED"))
        .on(When.route(Route.INIT).call(2), refused(503, said))
        .on(When.route(Route.INIT).call(3), Faults.answer(Answer.text(200, "text/plain", said)))
        .on(When.route(Route.INIT).call(4), refused(415, "UNSUPPORTED"))
        .on(When.route(Route.WHOLE), withMedia(said))
        .on(When.route(Route.COMPLETE), withMedia(said));
    return sandbox;
  }

  private static Fault refused(int status, String type) {
    String said = Secret.echoed();
    String body =
        "{\"error\":\"" + said + "\",\"type\":\"" + type + "\",\"requestId\":\"" + said + "\"}";
    return Faults.answer(Answer.text(status, "application/json", body).withHeader("X-Echo", said));
  }

  private static Fault withMedia(String said) {
    return new Fault() {
      @Override
      public Answer answering(Answer answer, Exchange call) throws IOException {
        ObjectNode body = (ObjectNode) AnswerJson.mapper().readTree(answer.body());
        body.putArray("said").addObject().put("x", said);
        ((ObjectNode) body.get("media")).put("owner", said);
        return answer
            .withBody(body.toString().getBytes(StandardCharsets.UTF_8))
            .withHeader("apiKey", Secret.KEY.value());
      }
    };
  }
}

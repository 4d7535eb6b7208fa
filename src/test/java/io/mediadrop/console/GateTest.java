package io.mediadrop.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediadrop.kit.Mediadrop;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class GateTest {

  @RegisterExtension final Mediadrop mediadrop = new Mediadrop();

  @Test
  void tellsTheTokenToWhoeverSitsAtThisMachine() throws Exception {
    Caller caller = Caller.of(mediadrop);
    mediadrop.start();

    HttpResponse<String> answer = caller.get("/api/token");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).matches("\\{\"token\": \"[0-9a-f]{64}\"}");
  }
}

package io.mediadrop.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MisuseTest {
  private final HandClock clock = new HandClock();
  private Sandbox sandbox;
  private Caller caller;
  private String id;

  @BeforeEach
  void start() throws Exception {
    sandbox =
        Sandbox.start(
            SandboxOptions.defaults()
                .withClock(clock)
                .withPartSize(4)
                .withConnection("k", "conn_a")
                .withConnection("k", "conn_b")
                .withRefusal(Refusal.AFTER_COMPLETION, 409, "CONFLICT"));
    caller = Caller.as(sandbox, "k", "conn_a");
    id = caller.open(8);
  }

  @AfterEach
  void close() throws Exception {
    sandbox.close();
  }

  private void finish() throws Exception {
    caller.putPart(id, 1, new byte[4]);
    caller.putPart(id, 2, new byte[4]);
    assertThat(caller.complete(id).status()).isEqualTo(200);
  }

  @Test
  void refusesUnknownSessions() throws Exception {
    var reply = caller.putWhole("upload:unknown", new byte[4]);

    assertThat(reply.status()).isEqualTo(404);
    assertThat(reply.type()).isEqualTo("RESOURCE_NOT_FOUND");
    assertThat(caller.complete("upload:unknown").status()).isEqualTo(404);
  }

  @Test
  void refusesSessionsOfOtherConnections() throws Exception {
    Caller other = Caller.as(sandbox, "k", "conn_b");

    assertThat(other.putPart(id, 1, new byte[4]).status()).isEqualTo(404);
    assertThat(other.complete(id).status()).isEqualTo(404);
  }

  @Test
  void refusesWrongPartNumbers() throws Exception {
    assertThat(caller.putPart(id, 0, new byte[4]).status()).isEqualTo(400);
    assertThat(caller.putPart(id, 3, new byte[4]).status()).isEqualTo(400);
    assertThat(caller.put(Caller.path(id) + "/parts/x", new byte[4]).status()).isEqualTo(400);
  }

  @Test
  void refusesWrongLengths() throws Exception {
    assertThat(caller.putPart(id, 1, new byte[3]).status()).isEqualTo(400);
    assertThat(caller.putPart(id, 1, new byte[5]).status()).isEqualTo(400);
    assertThat(caller.putWhole(caller.open(3), new byte[2]).status()).isEqualTo(400);
    assertThat(caller.putWhole(caller.open(3), new byte[2_000_000]).status()).isEqualTo(400);
    assertThat(sandbox.uploads()).isEmpty();
    assertThat(sandbox.openSessions()).allSatisfy(open -> assertThat(open.parts()).isEmpty());
  }

  @Test
  void refusesToCompleteWithoutEveryPart() throws Exception {
    caller.putPart(id, 2, new byte[4]);

    assertThat(caller.complete(id).status()).isEqualTo(400);
    assertThat(sandbox.openSessions()).hasSize(1);
  }

  @Test
  void refusesTheWholeFileWherePartsWerePlanned() throws Exception {
    assertThat(caller.putWhole(id, new byte[8]).status()).isEqualTo(400);
  }

  @Test
  void refusesAPutAfterCompletionAsTheOptionsSay() throws Exception {
    finish();
    var reply = caller.putPart(id, 1, new byte[4]);

    assertThat(reply.status()).isEqualTo(409);
    assertThat(reply.type()).isEqualTo("CONFLICT");
  }

  @Test
  void refusesASecondWholePut() throws Exception {
    String single = caller.open(3);

    assertThat(caller.putWhole(single, new byte[3]).status()).isEqualTo(200);
    assertThat(caller.putWhole(single, new byte[3]).status()).isEqualTo(409);
    assertThat(sandbox.uploads()).hasSize(1);
  }

  @Test
  void refusesToCompleteTwice() throws Exception {
    finish();

    assertThat(caller.complete(id).status()).isEqualTo(400);
    assertThat(sandbox.uploads()).hasSize(1);
  }

  @Test
  void answersASecondCompleteLikeTheFirstOnRequest() throws Exception {
    try (Sandbox lenient =
        Sandbox.start(SandboxOptions.defaults().withIdempotentComplete(true).withPartSize(4))) {
      Caller again = Caller.of(lenient);
      String open = again.open(5);
      again.putPart(open, 1, new byte[4]);
      again.putPart(open, 2, new byte[1]);

      assertThat(again.complete(open).json()).isEqualTo(again.complete(open).json());
      assertThat(lenient.uploads()).hasSize(1);
    }
  }

  @Test
  void refusesSessionsThatHaveExpired() throws Exception {
    clock.advance(Duration.ofMinutes(59));
    assertThat(caller.putPart(id, 1, new byte[4]).status()).isEqualTo(200);

    clock.advance(Duration.ofMinutes(1));
    assertThat(caller.putPart(id, 2, new byte[4]).status()).isEqualTo(404);
  }

  @Test
  void losesOpenSessionsOnRequest() throws Exception {
    sandbox.forgetOpenSessions();

    assertThat(caller.putPart(id, 1, new byte[4]).type()).isEqualTo("RESOURCE_NOT_FOUND");
    assertThat(sandbox.openSessions()).isEmpty();
  }
}

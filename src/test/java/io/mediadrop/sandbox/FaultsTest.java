package io.mediadrop.sandbox;

import static java.time.Duration.ofHours;
import static java.time.Duration.ofMillis;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FaultsTest {
  private static final byte[] MEBIBYTE = new byte[1 << 20];

  private Sandbox sandbox;
  private Caller caller;

  @BeforeEach
  void start() throws Exception {
    sandbox = Sandbox.start();
    caller = Caller.of(sandbox);
  }

  @AfterEach
  void close() throws Exception {
    sandbox.close();
  }

  private Caller.Reply check() throws Exception {
    return caller.check("x", 1);
  }

  private Caller.Reply checkWith(Fault fault) throws Exception {
    sandbox.faults().next(Route.CHECK, fault);
    return check();
  }

  private Caller.Reply uploadWith(Fault fault) throws Exception {
    sandbox.faults().next(Route.WHOLE, fault);
    return caller.upload("a.mp4", "video/mp4", MEBIBYTE);
  }

  @Test
  void refusesOnceAndThenWorks() throws Exception {
    var refused = checkWith(Faults.refuse(401, "RULES_OUTDATED"));

    assertThat(refused.status()).isEqualTo(401);
    assertThat(refused.type()).isEqualTo("RULES_OUTDATED");
    assertThat(refused.json().has("requestId")).isTrue();
    assertThat(check().status()).isEqualTo(200);
  }

  @Test
  void limitsTheRate() throws Exception {
    var reply = checkWith(Faults.rateLimited(7));

    assertThat(reply.status()).isEqualTo(429);
    assertThat(reply.header("Retry-After")).isEqualTo("7");
  }

  @Test
  void answersAPage() throws Exception {
    var reply = checkWith(Faults.page(502));

    assertThat(reply.status()).isEqualTo(502);
    assertThat(reply.header("Content-Type")).isEqualTo("text/html");
  }

  @Test
  void redirects() throws Exception {
    var reply = checkWith(Faults.redirect(307, "http://elsewhere.invalid/"));

    assertThat(reply.status()).isEqualTo(307);
    assertThat(reply.header("Location")).isEqualTo("http://elsewhere.invalid/");
  }

  @Test
  void truncatesJson() throws Exception {
    var reply = checkWith(Faults.truncatedJson());

    assertThat(reply.status()).isEqualTo(200);
    assertThatThrownBy(reply::json).isInstanceOf(JsonProcessingException.class);
  }

  @Test
  void answersTooMuchAndTooDeep() throws Exception {
    assertThat(checkWith(Faults.hugeAnswer(1 << 20)).body().length).isGreaterThan(1 << 20);
    assertThat(new String(checkWith(Faults.deepAnswer(101)).body())).contains("[".repeat(101));
  }

  @Test
  void skewsTheDate() throws Exception {
    String date = checkWith(Faults.clockSkew(ofHours(-5))).header("Date");

    Instant shown = ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
    assertThat(Duration.between(shown, Instant.now())).isBetween(ofHours(4), ofHours(6));
  }

  @Test
  void skewsEveryDateByOption() throws Exception {
    try (Sandbox skewed = Sandbox.start(SandboxOptions.defaults().withClockSkew(ofHours(48)))) {
      String date = Caller.of(skewed).check("x", 1).header("Date");
      Instant shown = ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      assertThat(shown).isAfter(Instant.now().plus(ofHours(47)));
    }
  }

  @Test
  void cutsTheBodyBeforeItIsStored() {
    assertThatThrownBy(() -> uploadWith(Faults.cutAfter(1000))).isInstanceOf(IOException.class);

    assertThat(sandbox.uploads()).isEmpty();
    assertThat(sandbox.calls().get(1).status()).isZero();
  }

  @Test
  void cutsAfterTheLastByteBeforeItIsStored() {
    assertThatThrownBy(() -> uploadWith(Faults.cutAfter(Long.MAX_VALUE)))
        .isInstanceOf(IOException.class);

    assertThat(sandbox.uploads()).isEmpty();
    assertThat(sandbox.calls().get(1).bytesReceived()).isEqualTo(1 << 20);
  }

  @Test
  void cutsAPartAndTakesItAgain() throws Exception {
    try (Sandbox small = Sandbox.start(SandboxOptions.defaults().withPartSize(100))) {
      Caller other = Caller.of(small);
      String id = other.open(150);
      small.faults().next(Route.PART, Faults.cutAfter(10));

      assertThatThrownBy(() -> other.putPart(id, 1, new byte[100])).isInstanceOf(IOException.class);
      assertThat(small.openSessions().get(0).parts()).isEmpty();
      assertThat(other.putPart(id, 1, new byte[100]).status()).isEqualTo(200);
    }
  }

  @Test
  void losesTheAnswerAfterItIsStored() {
    assertThatThrownBy(() -> uploadWith(Faults.answerLost())).isInstanceOf(IOException.class);

    assertThat(sandbox.uploads()).hasSize(1);
    assertThat(sandbox.calls().get(1).status()).isZero();
  }

  @Test
  void cutsTheAnswerAfterItIsStored() {
    assertThatThrownBy(() -> uploadWith(Faults.answerCut())).isInstanceOf(IOException.class);

    assertThat(sandbox.uploads()).hasSize(1);
  }

  @Test
  void replacesTheAnswerAfterItIsStored() throws Exception {
    var reply = uploadWith(Faults.answerReplaced(Answer.text(502, "text/plain", "Bad gateway")));

    assertThat(reply.status()).isEqualTo(502);
    assertThat(sandbox.uploads()).hasSize(1);
  }

  @Test
  void finalizesSlowly() throws Exception {
    long start = System.nanoTime();
    assertThat(uploadWith(Faults.slowAnswer(ofMillis(200))).status()).isEqualTo(200);

    assertThat(System.nanoTime() - start).isGreaterThan(ofMillis(200).toNanos());
  }

  @Test
  void tricklesTheAnswer() throws Exception {
    long start = System.nanoTime();
    var reply = checkWith(Faults.trickledAnswer(100));

    assertThat(reply.json().path("exists").isBoolean()).isTrue();
    assertThat(System.nanoTime() - start).isGreaterThan(ofMillis(150).toNanos());
  }

  @Test
  void readsSlowly() throws Exception {
    long start = System.nanoTime();
    assertThat(uploadWith(Faults.slowReading(4 << 20)).status()).isEqualTo(200);

    assertThat(System.nanoTime() - start).isGreaterThan(ofMillis(200).toNanos());
    assertThat(sandbox.uploads().get(0).size()).isEqualTo(1 << 20);
  }

  @Test
  void expiresTheConnection() throws Exception {
    assertThat(checkWith(Faults.expireConnection()).type()).isEqualTo("SESSION_EXPIRED");
    assertThat(check().type()).isEqualTo("SESSION_EXPIRED");

    sandbox.connection(Sandbox.CONNECTION).reconnect();
    assertThat(check().status()).isEqualTo(200);
  }

  @Test
  void stallsUntilTheSandboxCloses() throws Exception {
    sandbox.faults().next(Route.CHECK, Faults.silence());
    CompletableFuture<Object> stalled =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return check();
              } catch (Exception e) {
                throw new IllegalStateException(e);
              }
            });
    await().until(() -> sandbox.calls().size() == 1);
    assertThat(stalled).isNotDone();

    sandbox.close();
    assertThatThrownBy(stalled::get).isInstanceOf(ExecutionException.class);
  }

  @Test
  void refusesWithoutReadingTheBody() throws Exception {
    try (RawSocket socket = new RawSocket(sandbox.port())) {
      sandbox.faults().on(When.anyCall(), Faults.refuseUnread(413, "TOO_LARGE"));
      socket.send("PUT /v2/access/uploads/x HTTP/1.1\r\nHost: x\r\nContent-Length: 999\r\n\r\n");

      assertThat(socket.readAll()).contains("413").contains("Connection: close");
    }
  }
}

package io.mediadrop.sandbox;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Map;

/** The usual faults, in order of the moment at which they strike. */
public final class Faults {
  /** A fault that answers in the API's place. */
  @FunctionalInterface
  private interface Instead extends Fault {
    @Override
    Answer instead(Exchange call) throws IOException, Refused;
  }

  /** A fault in the incoming body. */
  @FunctionalInterface
  private interface Reading extends Fault {
    @Override
    InputStream reading(InputStream body, Wire wire);
  }

  /** A fault of the answer, after the API has done its work. */
  @FunctionalInterface
  private interface Answering extends Fault {
    @Override
    Answer answering(Answer answer, Exchange call) throws IOException;
  }

  private Faults() {}

  // Before the API sees the call

  /** An API error of this status and type; the API does nothing. */
  public static Fault refuse(int status, String type) {
    return (Instead)
        call -> {
          throw new Refused(status, type, "Fault of the sandbox");
        };
  }

  /** 429 with {@code Retry-After} in seconds. */
  public static Fault rateLimited(long retryAfterSeconds) {
    return (Instead)
        call -> {
          call.addHeaders(Map.of("Retry-After", String.valueOf(retryAfterSeconds)));
          throw new Refused(429, "RATE_LIMIT_EXCEEDED", "Too many calls, wait and try again");
        };
  }

  /** 503 with {@code Retry-After} in seconds, which concerns the call alone. */
  public static Fault unavailable(long retryAfterSeconds) {
    return answer(
        Answer.text(503, "text/plain", "busy")
            .withHeader("Retry-After", String.valueOf(retryAfterSeconds)));
  }

  /** Any other answer in the API's place, such as HTML or a redirect. */
  public static Fault answer(Answer answer) {
    return (Instead) call -> answer;
  }

  /** A proxy's answer that is no JSON. */
  public static Fault page(int status) {
    return answer(Answer.text(status, "text/html", "<html><h1>" + status + "</h1></html>"));
  }

  public static Fault redirect(int status, String location) {
    return answer(Answer.text(status, "text/plain", "").withHeader("Location", location));
  }

  /** An error at once, without reading the body; then the connection is closed. */
  public static Fault refuseUnread(int status, String type) {
    return (Instead)
        call -> {
          call.leaveUnread();
          throw new Refused(status, type, "Fault of the sandbox");
        };
  }

  /** The connection's session expires with this call and stays so until it is reconnected. */
  public static Fault expireConnection() {
    return (Instead)
        call -> {
          if (call.connection() != null) {
            call.connection().expire();
          }
          return null;
        };
  }

  /** The API takes its time before it looks at the call. */
  public static Fault delay(Duration time) {
    return (Instead)
        call -> {
          call.wire().pause(time);
          return null;
        };
  }

  /** Never answers and never reads the body; ends when the sandbox closes. */
  public static Fault silence() {
    return (Instead)
        call -> {
          throw call.wire().stall();
        };
  }

  // While the body comes in

  /** The connection closes after so many bytes of the body, or after a shorter body's end. */
  public static Fault cutAfter(long bytes) {
    return (Reading) (body, wire) -> new InterruptedBody(body, bytes, wire::cut);
  }

  /** A TCP reset after so many bytes of the body, or after a shorter body's end. */
  public static Fault resetAfter(long bytes) {
    return (Reading) (body, wire) -> new InterruptedBody(body, bytes, wire::reset);
  }

  /** Reading stops after so many bytes of the body; ends when the sandbox closes. */
  public static Fault stallAfter(long bytes) {
    return (Reading) (body, wire) -> new InterruptedBody(body, bytes, wire::stall);
  }

  /** The body is read at about this speed, in bytes per second. */
  public static Fault slowReading(int bytesPerSecond) {
    return (Reading) (body, wire) -> new SlowBody(body, bytesPerSecond, wire);
  }

  // After the API has done its work

  /** All is done, but the connection closes before the answer. */
  public static Fault answerLost() {
    return (Answering)
        (answer, call) -> {
          throw call.wire().cut();
        };
  }

  /** All is done, but the answer never comes; ends when the sandbox closes. */
  public static Fault answerStalled() {
    return (Answering)
        (answer, call) -> {
          throw call.wire().stall();
        };
  }

  /** All is done, and the answer comes late. */
  public static Fault slowAnswer(Duration time) {
    return (Answering)
        (answer, call) -> {
          call.wire().pause(time);
          return answer;
        };
  }

  /** All is done, but another status and body go out, such as a gateway's 502. */
  public static Fault answerReplaced(Answer other) {
    return (Answering) (answer, call) -> other;
  }

  /** All is done, but the JSON breaks off half-way, though its HTTP is whole. */
  public static Fault truncatedJson() {
    return (Answering)
        (answer, call) -> answer.withBody(Arrays.copyOf(answer.body(), answer.body().length / 2));
  }

  /** All is done, but the connection closes in the middle of the answer's body. */
  public static Fault answerCut() {
    return (Answering)
        (answer, call) ->
            answer.withSending(
                (body, out, wire) -> {
                  out.write(body, 0, body.length / 2);
                  out.flush();
                  throw wire.cut();
                });
  }

  /** The answer's body trickles out at about this speed, in bytes per second. */
  public static Fault trickledAnswer(int bytesPerSecond) {
    Duration pause = Duration.ofNanos(1_000_000_000L / bytesPerSecond);
    return (Answering)
        (answer, call) ->
            answer.withSending(
                (body, out, wire) -> {
                  for (byte next : body) {
                    out.write(next);
                    out.flush();
                    wire.pause(pause);
                  }
                });
  }

  /** The answer is a JSON object of more than so many bytes. */
  public static Fault hugeAnswer(int bytes) {
    return (Answering)
        (answer, call) -> answer.withBody(json("{\"fill\":\"" + "x".repeat(bytes) + "\"}"));
  }

  /** The answer is JSON nested to this depth. */
  public static Fault deepAnswer(int depth) {
    return (Answering)
        (answer, call) ->
            answer.withBody(json("{\"media\":" + "[".repeat(depth) + "]".repeat(depth) + "}"));
  }

  /** The {@code Date} header is off by so much. */
  public static Fault clockSkew(Duration skew) {
    return (Answering)
        (answer, call) ->
            answer.withHeader(
                "Date",
                DateTimeFormatter.RFC_1123_DATE_TIME.format(
                    ZonedDateTime.now(ZoneOffset.UTC).plus(skew)));
  }

  /** After a good answer the kept-alive connection is closed without a word. */
  public static Fault closeAfterwards() {
    return new Fault() {
      @Override
      public void answered(Wire wire) throws IOException {
        throw wire.cut();
      }
    };
  }

  private static byte[] json(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}

package io.mediadrop.sandbox;

import java.io.IOException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.io.HttpServerRequestHandler.ResponseTrigger;
import org.apache.hc.core5.http.message.BasicClassicHttpResponse;

/** Takes every call: notes it, lets a fault have its way, and answers. */
final class FrontDoor {
  private static final DateTimeFormatter HTTP_DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  private final Routes routes;
  private final Connections connections;
  private final CallLog calls;
  private final FaultScript faults;
  private final ErrorWriter errors;
  private final Clock clock;

  FrontDoor(SandboxOptions options, Routes routes, Connections connections, CallLog calls) {
    this.routes = routes;
    this.connections = connections;
    this.calls = calls;
    this.faults = options.faults;
    this.errors = new ErrorWriter(options.errors);
    this.clock = Clock.offset(options.clock, options.clockSkew);
  }

  void answer(ClassicHttpRequest request, ResponseTrigger trigger, Wire wire)
      throws IOException, HttpException {
    RequestTarget target = RequestTarget.parse(request.getRequestUri());
    Route route = Route.of(request.getMethod(), target.segments());
    CallRecord record = calls.begin(request, target, route);
    try {
      RequestBody body = new RequestBody(request, trigger, record);
      Exchange call =
          new Exchange(request, target, route, body, wire, connections.get(record.connection()));
      Fault fault = faults.choose(route, call.connectionId());
      body.readThrough(stream -> fault.reading(stream, wire));
      Answer answer = fault.answering(serve(call, fault), call);
      boolean reusable = body.drain();
      record.answered(answer.status());
      trigger.submitResponse(response(answer, call, reusable));
      fault.answered(wire);
    } finally {
      record.end();
    }
  }

  private Answer serve(Exchange call, Fault fault) throws IOException {
    try {
      Answer instead = fault.instead(call);
      return instead == null ? routes.answer(call) : instead;
    } catch (Refused refused) {
      return errors.answer(refused);
    }
  }

  private ClassicHttpResponse response(Answer answer, Exchange call, boolean reusable) {
    ClassicHttpResponse response = new BasicClassicHttpResponse(answer.status());
    response.setHeader("Date", HTTP_DATE.format(clock.instant()));
    call.answerHeaders().forEach(response::setHeader);
    answer.headers().forEach(response::setHeader);
    if (!reusable) {
      response.setHeader("Connection", "close");
    }
    response.setEntity(new AnswerEntity(answer, call.wire()));
    return response;
  }
}

package io.mediadrop.console;

import java.io.IOException;
import org.apache.camel.Exchange;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpStatus;
import org.apache.hc.core5.http.impl.io.HttpService;
import org.apache.hc.core5.http.io.HttpServerRequestHandler;
import org.apache.hc.core5.http.io.support.BasicHttpServerExpectationDecorator;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.http.protocol.HttpProcessorBuilder;
import org.apache.hc.core5.http.protocol.ResponseConnControl;
import org.apache.hc.core5.http.protocol.ResponseContent;
import org.apache.hc.core5.http.protocol.ResponseDate;

/** Has each request answered by its route. */
final class RouteAnswers extends HttpService {

  /** Where the client's seat is among what belongs to a request. */
  static final String SEAT = "mediadrop.seat";

  RouteAnswers(ConsoleEngine engine, CallerLog callers) {
    super(
        HttpProcessorBuilder.create()
            .add(new ResponseDate())
            .add(new ResponseContent(true))
            .add(new ResponseConnControl())
            .build(),
        new NoLongBodies(
            (request, trigger, context) ->
                answer(engine, callers, request, trigger, (Seat) context.getAttribute(SEAT))));
  }

  private static void answer(
      ConsoleEngine engine,
      CallerLog callers,
      ClassicHttpRequest request,
      HttpServerRequestHandler.ResponseTrigger trigger,
      Seat seat)
      throws IOException, HttpException {
    byte[] body = RequestBody.read(request);
    // nobody reads the rest of what is too long
    request.setEntity(null);
    String path = request.getRequestUri().replaceFirst("\\?.*", "");
    ConsoleConsumer consumer = engine.find(path);
    seat.patience().answer();
    if (body == null) {
      respond(trigger, seat, Notice.tooLong());
    } else if (consumer == null) {
      respond(trigger, seat, Notice.of(HttpStatus.SC_NOT_FOUND, "There is nothing here"));
    } else if (!consumer.methods().contains(request.getMethod())) {
      ClassicHttpResponse refusal =
          Notice.of(HttpStatus.SC_METHOD_NOT_ALLOWED, "This is not asked for in this way");
      refusal.setHeader("Allow", String.join(", ", consumer.methods()));
      respond(trigger, seat, refusal);
    } else {
      ask(consumer, callers, request, body, trigger, seat);
    }
  }

  private static void ask(
      ConsoleConsumer consumer,
      CallerLog callers,
      ClassicHttpRequest request,
      byte[] body,
      HttpServerRequestHandler.ResponseTrigger trigger,
      Seat seat)
      throws IOException, HttpException {
    Exchange exchange = RequestMessage.of(consumer, request, body, seat);
    try {
      consumer.createUoW(exchange);
      consumer.getProcessor().process(exchange);
      respond(trigger, seat, AnswerMessage.of(consumer, exchange, seat));
    } catch (IOException | HttpException e) {
      exchange.setException(e);
      throw e;
    } catch (Exception e) {
      exchange.setException(e);
      callers.tell("a request could not be answered: " + e);
      respond(
          trigger,
          seat,
          Notice.of(HttpStatus.SC_INTERNAL_SERVER_ERROR, "This could not be answered"));
    } finally {
      consumer.doneUoW(exchange);
    }
  }

  private static void respond(
      HttpServerRequestHandler.ResponseTrigger trigger, Seat seat, ClassicHttpResponse response)
      throws IOException, HttpException {
    seat.patience().take();
    trigger.submitResponse(response);
  }

  /** Asks nobody to send what would be thrown away. */
  private static final class NoLongBodies extends BasicHttpServerExpectationDecorator {

    NoLongBodies(HttpServerRequestHandler handler) {
      super(handler);
    }

    @Override
    protected ClassicHttpResponse verify(ClassicHttpRequest request, HttpContext context) {
      if (RequestBody.isDeclaredTooLong(request)) {
        request.setEntity(null);
        return Notice.tooLong();
      }
      return null;
    }
  }
}

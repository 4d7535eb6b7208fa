package io.mediadrop.notify;

import io.mediadrop.ledger.EventSchemas;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.camel.spi.CamelEvent;
import org.apache.camel.support.EventNotifierSupport;

/** Looks at every event that a run sends, to whomever it is, and compares it with its schema. */
public final class SentEvents extends EventNotifierSupport {

  private final Queue<String> violations = new ConcurrentLinkedQueue<>();

  @Override
  public boolean isEnabled(CamelEvent event) {
    return event instanceof CamelEvent.ExchangeSendingEvent;
  }

  @Override
  public void notify(CamelEvent event) {
    var exchange = ((CamelEvent.ExchangeSendingEvent) event).getExchange();
    if (exchange.getVariable("delivery") instanceof Delivery delivery
        && delivery.isForSubscriber()
        && exchange.getMessage().getBody() instanceof byte[] message) {
      EventSchemas.violations(message).stream()
          .map(violation -> violation + " in " + new String(message, StandardCharsets.UTF_8))
          .forEach(violations::add);
    }
  }

  /** What was wrong with the events so far. */
  public List<String> violations() {
    return List.copyOf(violations);
  }
}

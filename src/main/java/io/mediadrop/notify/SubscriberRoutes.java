package io.mediadrop.notify;

import io.mediadrop.base.AddressMistake;
import io.mediadrop.base.ConfigurationMistake;
import io.mediadrop.net.WebSettings;
import org.apache.camel.CamelContext;
import org.apache.camel.ResolveEndpointFailedException;
import org.apache.camel.StartupListener;
import org.apache.camel.builder.TemplatedRouteBuilder;
import org.apache.camel.support.LifecycleStrategySupport;

/**
 * Gives each subscriber a route of its own from the template {@code publish-media}, as soon as all
 * routes are read. Their number is known only then, so that no file can hold them.
 */
class SubscriberRoutes extends LifecycleStrategySupport implements StartupListener {

  private static final String ARCHIVE = "mediadrop.archive.uri";

  private final Subscribers subscribers;
  private boolean added;

  SubscriberRoutes(Subscribers subscribers) {
    this.subscribers = subscribers;
  }

  /** Asks to be told when the routes are read. */
  void addTo(CamelContext context) throws Exception {
    context.addLifecycleStrategy(this);
    context.addStartupListener(this);
  }

  @Override
  public void onContextInitializing(CamelContext context) {
    add(context);
  }

  @Override
  public void onCamelContextStarted(CamelContext context, boolean alreadyStarted) {
    // too early in a context that was started before the routes were read
  }

  /** A runtime may have initialized its context before it had any routes. */
  @Override
  public void onCamelContextFullyStarted(CamelContext context, boolean alreadyStarted) {
    add(context);
  }

  private synchronized void add(CamelContext context) {
    if (added) {
      return;
    }
    added = true;
    String archive = context.resolvePropertyPlaceholders("{{" + ARCHIVE + "}}");
    WebSettings.require(ARCHIVE, archive);
    DirectRoutes.require(context, ARCHIVE, archive);
    for (Subscriber subscriber : subscribers.all()) {
      DirectRoutes.require(context, subscriber.key(), subscriber.uri());
      if (!subscriber.isHttp()) {
        requireEndpoint(context, subscriber);
      }
      TemplatedRouteBuilder.builder(context, "publish-media")
          .routeId("publish-to-" + subscriber.name())
          .parameter("endpoint", subscriber.endpoint())
          .parameter("by", "notify-subscriber")
          .add();
    }
  }

  private static void requireEndpoint(CamelContext context, Subscriber subscriber) {
    try {
      context.getEndpoint(subscriber.uri());
    } catch (ResolveEndpointFailedException | org.apache.camel.NoSuchEndpointException e) {
      Throwable root = e;
      while (root.getCause() != null) {
        root = root.getCause();
      }
      throw new ConfigurationMistake(
          "%s (%s) is no endpoint that can be reached: %s"
              .formatted(
                  subscriber.key(),
                  Subscribers.variableOf(subscriber.key()),
                  AddressMistake.explained(String.valueOf(root.getMessage()))),
          e);
    }
  }
}

package io.mediadrop.notify;

import io.mediadrop.base.Digests;
import io.mediadrop.file.Home;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HexFormat;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Webhooks that have answered 410 Gone. They get nothing more, also after a restart, until a person
 * deletes the note that lies in the home's data, or gives them another address.
 */
class GoneEndpoints {

  private static final Logger LOG = LoggerFactory.getLogger("mediadrop.outbox");

  private final Home home;
  private final Subscribers subscribers;

  GoneEndpoints(Home home, Subscribers subscribers) {
    this.home = home;
    this.subscribers = subscribers;
  }

  /** Keeps the notes of those whose address is still the same. */
  void open() throws IOException {
    for (Subscriber subscriber : subscribers.all()) {
      Path note = note(subscriber.endpoint());
      if (Files.exists(note) && !Files.readString(note).contains(fingerprint(subscriber))) {
        Files.delete(note);
        LOG.info("{} has another address now and gets everything again", subscriber.endpoint());
      } else if (Files.exists(note)) {
        LOG.warn("{} gets nothing since it answered 410 Gone: see {}", subscriber.endpoint(), note);
      }
    }
  }

  /** Whether the endpoint gets nothing. */
  boolean has(String endpoint) {
    return Files.exists(note(endpoint));
  }

  /** Lets the endpoint of this delivery get nothing more. */
  synchronized void add(Delivery delivery, Instant now) {
    Path note = note(delivery.endpoint());
    if (Files.exists(note)) {
      return;
    }
    Subscriber subscriber = delivery.subscriber();
    write(note, subscriber, now);
    LOG.error(
        "{} answered 410 Gone and gets nothing more; what is for it is kept. To send it again,"
            + " change {} ({}), or delete {}",
        delivery.endpoint(),
        subscriber.key(),
        Subscribers.variableOf(subscriber.key()),
        note);
  }

  private static void write(Path note, Subscriber subscriber, Instant now) {
    String text =
        """
        %s answered 410 Gone at %s and gets nothing more. What is for it is kept.
        Delete this file to send it again.
        Address: %s
        """
            .formatted(subscriber.endpoint(), now, fingerprint(subscriber));
    try {
      Files.writeString(note, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String fingerprint(Subscriber subscriber) {
    return HexFormat.of().formatHex(Digests.sha256(subscriber.uri()));
  }

  /** The note that keeps an endpoint from getting anything. */
  Path note(String endpoint) {
    return home.data().resolve(endpoint + ".gone");
  }
}

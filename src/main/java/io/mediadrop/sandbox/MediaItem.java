package io.mediadrop.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Duration;

/** One uploaded medium and how far it has come. */
final class MediaItem {
  private final Upload upload;
  private final MediaBehaviour behaviour;
  private final Clock clock;
  private int polled;
  private boolean used;

  MediaItem(Upload upload, MediaBehaviour behaviour, Clock clock) {
    this.upload = upload;
    this.behaviour = behaviour;
    this.clock = clock;
  }

  synchronized void poll() {
    polled++;
  }

  synchronized void use() {
    used = true;
  }

  boolean isPresent() {
    return hasCome(behaviour.present());
  }

  boolean isReady() {
    return hasCome(behaviour.ready());
  }

  boolean isFindable() {
    return hasCome(behaviour.findable());
  }

  private synchronized boolean hasCome(Due due) {
    Duration age = Duration.between(upload.finishedAt(), clock.instant());
    return due.hasCome(polled, age, used);
  }

  Upload upload() {
    return upload;
  }

  MediaBehaviour behaviour() {
    return behaviour;
  }

  long id() {
    return upload.mediaId();
  }

  ObjectNode json(String baseUrl) {
    return new MediaWriter(this, baseUrl).write();
  }
}

package io.mediadrop.notify;

import io.mediadrop.ledger.Uploaded;

/**
 * Something that one endpoint is still to be told.
 *
 * @param id the event's id, the same on every attempt
 * @param attempts how often it was tried already
 * @param uploaded what it is about
 */
public record Delivery(String id, int attempts, Uploaded uploaded) {}

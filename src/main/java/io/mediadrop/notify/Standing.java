package io.mediadrop.notify;

import io.mediadrop.ledger.Backlog;
import java.time.Instant;

/**
 * How things are with one endpoint, for whoever watches.
 *
 * @param endpoint its name in the outbox
 * @param waiting how many messages it is still to be told; {@link Backlog#MOST} stands for that
 *     many or more
 * @param oldest when the oldest of these happened; null if there is none
 * @param refusal what it said when it took nothing last; null if it has taken something since
 * @param gaveUp whether messages are kept for the next start, which it has not taken for days
 * @param goneNote the note to be deleted before it gets anything more; null if there is none
 */
public record Standing(
    String endpoint,
    int waiting,
    Instant oldest,
    String refusal,
    boolean gaveUp,
    String goneNote) {}

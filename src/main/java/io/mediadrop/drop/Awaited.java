package io.mediadrop.drop;

import java.time.Duration;

/**
 * An upload whose media was not ready when the API was asked last.
 *
 * @param dropId the drop that was uploaded
 * @param asked how often the API was asked since its upload
 * @param waited how long that was waited for, as far as it counts towards giving up
 */
public record Awaited(long dropId, int asked, Duration waited) {}

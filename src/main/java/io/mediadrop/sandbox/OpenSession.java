package io.mediadrop.sandbox;

import java.util.Set;

/**
 * An upload session that has not finished.
 *
 * @param size bytes announced
 * @param connection the connection's id
 * @param parts numbers of the parts received so far
 */
public record OpenSession(
    String mediaUploadId, String name, long size, String connection, Set<Integer> parts) {}

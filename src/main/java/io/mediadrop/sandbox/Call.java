package io.mediadrop.sandbox;

import java.util.List;

/**
 * One call the sandbox received.
 *
 * @param number 1 for the first call, in order of arrival
 * @param path as written on the wire, without the query
 * @param status answered; 0 while unanswered, and for ever if the connection was cut first
 * @param connection the value of {@code x-connection-id}, or null
 * @param headerNames as sent, in order
 * @param bytesReceived of the body
 * @param startNanos on the clock of {@link System#nanoTime}
 * @param endNanos when the answer was ready or the connection cut; 0 while neither
 */
public record Call(
    int number,
    Route route,
    String method,
    String path,
    int status,
    String connection,
    List<String> headerNames,
    long bytesReceived,
    long startNanos,
    long endNanos) {}

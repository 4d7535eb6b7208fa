package io.mediadrop.drop;

/**
 * What is wrong with a sidecar, for a person.
 *
 * @param what is wrong, and where
 * @param remedy what to write instead
 */
public record SidecarMistake(String what, String remedy) {}

package io.mediadrop.drop;

/**
 * One range of a file and where it is to be sent.
 *
 * @param number from 1
 * @param url absolute
 * @param offset of the first byte in the file
 * @param length in bytes; 0 only for an empty last part
 */
public record Part(int number, String url, long offset, long length) {}

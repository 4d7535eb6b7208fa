package io.mediadrop.ledger;

/**
 * A companion of a media file, such as its edits, its subtitles or what a camera noted.
 *
 * @param name what it was called beside its media file
 * @param failed whether it lies among the refused files, and not in the archive
 * @param place where it lies, below those or below the archive
 */
public record Companion(String name, boolean failed, String place) {}

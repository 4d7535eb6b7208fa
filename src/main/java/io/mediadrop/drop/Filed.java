package io.mediadrop.drop;

/**
 * An uploaded drop whose original and receipt are put away.
 *
 * @param drop the drop
 * @param uploaded what is known of its upload
 * @param archived the original's place below the archive; null if it is not there
 * @param failed the original's place below the folder of refused files; null if it is not there
 */
public record Filed(Drop drop, Uploaded uploaded, String archived, String failed) {}

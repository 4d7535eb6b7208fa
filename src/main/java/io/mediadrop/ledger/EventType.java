package io.mediadrop.ledger;

import java.util.Arrays;

/**
 * What subscribers are told of. Each type is recorded where it happens, and has its schema and an
 * example in {@code docs/events}. In the ledger it is a number, which is never given to another.
 */
public enum EventType {
  /** The API has a file. */
  MEDIA_UPLOADED(1, "media.uploaded", true),
  /** The API has made a media of it that can be used. */
  MEDIA_READY(2, "media.ready", true),
  /** The API could not make a media of it, or did not in time. */
  MEDIA_FAILED(3, "media.failed", false),
  /** A file is not uploaded. */
  FILE_FAILED(4, "file.failed", false),
  /** The connection has the content of a file already. */
  FILE_DUPLICATE(5, "file.duplicate", true),
  /** A lane takes no files until a person has done something. */
  LANE_PAUSED(6, "lane.paused", false),
  /** A paused lane takes files again. */
  LANE_RESUMED(7, "lane.resumed", false),
  /** What a day has brought. */
  RUN_SUMMARY(8, "run.summary", false);

  private final int number;
  private final String word;
  private final boolean forArchive;

  EventType(int number, String word, boolean forArchive) {
    this.number = number;
    this.word = word;
    this.forArchive = forArchive;
  }

  /** The type that has this number in the ledger. */
  static EventType of(int number) {
    return Arrays.stream(values())
        .filter(type -> type.number == number)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("the ledger has an event " + number));
  }

  /** The type as it is written in the ledger. */
  int number() {
    return number;
  }

  /** The type as it is written in events. */
  public String word() {
    return word;
  }

  /** Whether it brings files to be fetched; those of a duplicate lie beside the first one. */
  public boolean bringsAssets() {
    return this == MEDIA_UPLOADED || this == MEDIA_READY;
  }

  /** Whether it brings something for the archive endpoint, too. */
  public boolean isForArchive() {
    return forArchive;
  }
}

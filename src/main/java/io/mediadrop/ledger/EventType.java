package io.mediadrop.ledger;

/**
 * What subscribers are told of. Each type is recorded where it happens, and has its schema and an
 * example in {@code docs/events}.
 */
public enum EventType {
  /** The API has a file. */
  MEDIA_UPLOADED("media.uploaded", true),
  /** The API has made a media of it that can be used. */
  MEDIA_READY("media.ready", true),
  /** The API could not make a media of it, or did not in time. */
  MEDIA_FAILED("media.failed", false),
  /** A file is not uploaded. */
  FILE_FAILED("file.failed", false),
  /** The connection has the content of a file already. */
  FILE_DUPLICATE("file.duplicate", true),
  /** A lane takes no files until a person has done something. */
  LANE_PAUSED("lane.paused", false),
  /** A paused lane takes files again. */
  LANE_RESUMED("lane.resumed", false),
  /** What a day has brought. */
  RUN_SUMMARY("run.summary", false);

  private final String word;
  private final boolean forArchive;

  EventType(String word, boolean forArchive) {
    this.word = word;
    this.forArchive = forArchive;
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

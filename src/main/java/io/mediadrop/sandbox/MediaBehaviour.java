package io.mediadrop.sandbox;

/**
 * What becomes of an uploaded file.
 *
 * @param present when the media object exists: at once = already in the final answer
 * @param ready when {@code isReady} turns true and the URLs appear
 * @param findable when check finds it by etag and size
 * @param failed whether processing ends with {@code hasError}
 * @param typed whether the object names its {@code type}
 * @param odd whether it carries unknown fields and values, nulls and very big numbers
 */
public record MediaBehaviour(
    Due present, Due ready, Due findable, boolean failed, boolean typed, boolean odd) {

  /** Ready in the final answer and found by check at once. */
  public static MediaBehaviour atOnce() {
    return new MediaBehaviour(Due.atOnce(), Due.atOnce(), Due.atOnce(), false, true, false);
  }

  public MediaBehaviour present(Due due) {
    return new MediaBehaviour(due, ready, findable, failed, typed, odd);
  }

  public MediaBehaviour ready(Due due) {
    return new MediaBehaviour(present, due, findable, failed, typed, odd);
  }

  public MediaBehaviour findable(Due due) {
    return new MediaBehaviour(present, ready, due, failed, typed, odd);
  }

  public MediaBehaviour failing() {
    return new MediaBehaviour(present, ready, findable, true, typed, odd);
  }

  public MediaBehaviour untyped() {
    return new MediaBehaviour(present, ready, findable, failed, false, odd);
  }

  public MediaBehaviour oddly() {
    return new MediaBehaviour(present, ready, findable, failed, typed, true);
  }
}

package io.mediadrop.ledger;

import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;

/** One change of the ledger and what came of it. */
final class Change<T> {

  /** What a change means for those behind it. */
  enum Kind {
    /** Must be on the disk once it is made, as far as the settings say so. */
    DURABLE,
    /** The same, whatever they say. */
    SYNCED,
    /** The same, and something is sent afterwards. */
    BEGINNING,
    /** Need not be on the disk: after a power cut its step would only be taken again. */
    NOTE,
    /** An answer of the API, which must be on the disk sooner or later. */
    ANSWER
  }

  final Kind kind;
  final CompletableFuture<T> ended = new CompletableFuture<>();

  private final HandleCallback<T, RuntimeException> callback;
  private final Consumer<RuntimeException> whenHeld;
  private T value;
  private RuntimeException trouble;

  Change(
      HandleCallback<T, RuntimeException> callback,
      Kind kind,
      Consumer<RuntimeException> whenHeld) {
    this.callback = callback;
    this.kind = kind;
    this.whenHeld = whenHeld;
  }

  void run(Handle handle) {
    value = callback.withHandle(handle);
  }

  void committed() {
    ended.complete(value);
  }

  void failed(Throwable failure) {
    ended.completeExceptionally(failure);
  }

  /** It could not be made, and is tried again. */
  void held(RuntimeException reason) {
    trouble = reason;
    whenHeld.accept(reason);
  }

  /** Why it could not be made so far. */
  RuntimeException trouble() {
    return trouble;
  }
}

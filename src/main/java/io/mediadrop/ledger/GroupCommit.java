package io.mediadrop.ledger;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.Jdbi;

/**
 * Commits the changes of several workers together. A commit waits for the disk, and while one does,
 * others gather that can share the next; each still returns only when its own change is durable.
 */
class GroupCommit {

  private final Jdbi jdbi;
  private final Queue<Change<?>> waiting = new ConcurrentLinkedQueue<>();
  private final ReentrantLock turn = new ReentrantLock();

  GroupCommit(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /**
   * Runs a change in a transaction, which is durable when this returns. The change may run in any
   * worker's thread, and twice where the first transaction is rolled back.
   *
   * @throws RuntimeException whatever the change or the commit failed with; nothing is changed then
   */
  <T> T commit(HandleCallback<T, RuntimeException> callback) {
    Change<T> change = new Change<>(callback);
    waiting.add(change);
    turn.lock();
    try {
      if (!change.done) {
        commitAll(gathered());
      }
    } finally {
      turn.unlock();
    }
    return change.result();
  }

  private List<Change<?>> gathered() {
    List<Change<?>> gathered = new ArrayList<>();
    for (Change<?> next = waiting.poll(); next != null; next = waiting.poll()) {
      gathered.add(next);
    }
    return gathered;
  }

  private void commitAll(List<Change<?>> changes) {
    try {
      jdbi.useTransaction(handle -> changes.forEach(change -> change.run(handle)));
      changes.forEach(Change::committed);
    } catch (RuntimeException | Error e) {
      if (changes.size() == 1) {
        changes.get(0).failed(e);
      } else {
        // one change must not take the others down with it
        changes.forEach(change -> commitAll(List.of(change)));
      }
    }
  }

  /** One worker's change and what came of it; only touched by who has the turn until it is done. */
  private static final class Change<T> {

    private final HandleCallback<T, RuntimeException> callback;
    private T value;
    private Throwable failure;
    private boolean done;

    private Change(HandleCallback<T, RuntimeException> callback) {
      this.callback = callback;
    }

    private void run(Handle handle) {
      value = callback.withHandle(handle);
    }

    private void committed() {
      done = true;
    }

    private void failed(Throwable e) {
      failure = e;
      done = true;
    }

    private T result() {
      if (failure instanceof Error error) {
        throw error;
      }
      if (failure instanceof RuntimeException exception) {
        throw exception;
      }
      return value;
    }
  }
}

package io.mediadrop.ledger;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;

/**
 * Commits the changes of several workers together. A commit waits for the disk, and while one does,
 * others gather that can share the next; each still returns only when its own change is made.
 */
class GroupCommit {

  private final LedgerDatabase database;
  private final Queue<Change<?>> waiting = new ConcurrentLinkedQueue<>();
  private final ReentrantLock turn = new ReentrantLock();

  GroupCommit(LedgerDatabase database) {
    this.database = database;
  }

  /**
   * Runs a change in a transaction. The change may run in any worker's thread, and twice where the
   * first transaction is rolled back.
   *
   * @param durable whether the change must be on the disk when this returns
   * @throws RuntimeException whatever the change or the commit failed with; nothing is changed then
   */
  <T> T commit(HandleCallback<T, RuntimeException> callback, boolean durable) {
    Change<T> change = new Change<>(callback, durable);
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
      database.transaction(
          handle -> changes.forEach(change -> change.run(handle)),
          changes.stream().anyMatch(change -> change.durable));
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
    private final boolean durable;
    private T value;
    private Throwable failure;
    private boolean done;

    private Change(HandleCallback<T, RuntimeException> callback, boolean durable) {
      this.callback = callback;
      this.durable = durable;
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

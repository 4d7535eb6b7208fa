package io.mediadrop.ledger;

import io.mediadrop.base.NamedThreads;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;

/**
 * Commits the changes of all workers together, in a thread of its own. A commit waits for the disk,
 * and while one does, others gather that share the next; each worker goes on once its own change is
 * made, and waits for no other worker.
 */
class GroupCommit {

  private static final Change<?> END = new Change<>(null, false);

  private final LedgerDatabase database;
  private final BlockingQueue<Change<?>> waiting = new LinkedBlockingQueue<>();
  private final Thread thread = new NamedThreads("ledger").newThread(this::work);
  private boolean closed;

  GroupCommit(LedgerDatabase database) {
    this.database = database;
  }

  void open() {
    thread.start();
  }

  /** Commits what was handed in before, and nothing any more. */
  void close() {
    synchronized (this) {
      if (!closed) {
        waiting.add(END);
        closed = true;
      }
    }
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Runs a change in a transaction. The change runs in another thread, and twice where the first
   * transaction is rolled back.
   *
   * @param durable whether the change must be on the disk when this returns
   * @throws RuntimeException whatever the change or the commit failed with; nothing is changed then
   */
  <T> T commit(HandleCallback<T, RuntimeException> callback, boolean durable) {
    requireOutsideOfChanges();
    Change<T> change = new Change<>(callback, durable);
    synchronized (this) {
      if (closed) {
        throw new ConnectionException(new SQLException("the ledger is closed"));
      }
      waiting.add(change);
    }
    return change.result();
  }

  /** A change would wait for itself here, and a query would not see what it has changed. */
  void requireOutsideOfChanges() {
    if (Thread.currentThread() == thread) {
      throw new IllegalStateException("a change asks the ledger through its handle only");
    }
  }

  private void work() {
    List<Change<?>> changes = new ArrayList<>();
    while (changes.isEmpty() || changes.get(changes.size() - 1) != END) {
      changes.clear();
      try {
        changes.add(waiting.take());
      } catch (InterruptedException e) {
        // nobody has a reason to; what waits is committed all the same
        continue;
      }
      waiting.drainTo(changes);
      commitAll(changes.stream().filter(change -> change != END).toList());
    }
  }

  private void commitAll(List<Change<?>> changes) {
    if (changes.isEmpty()) {
      return;
    }
    try {
      database.transaction(
          handle -> changes.forEach(change -> change.run(handle)),
          changes.stream().anyMatch(change -> change.durable));
    } catch (RuntimeException | Error e) {
      if (changes.size() == 1) {
        changes.get(0).failed(e);
      } else {
        // one change must not take the others down with it
        changes.forEach(change -> commitAll(List.of(change)));
      }
      return;
    }
    changes.forEach(Change::committed);
  }

  /** One worker's change and what came of it. */
  private static final class Change<T> {

    private final HandleCallback<T, RuntimeException> callback;
    private final boolean durable;
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private T value;
    private Throwable failure;

    private Change(HandleCallback<T, RuntimeException> callback, boolean durable) {
      this.callback = callback;
      this.durable = durable;
    }

    private void run(Handle handle) {
      value = callback.withHandle(handle);
    }

    private void committed() {
      ended.complete(null);
    }

    private void failed(Throwable e) {
      failure = e;
      ended.complete(null);
    }

    /** Waits for the end whatever happens: who does not know whether it was made cannot go on. */
    private T result() {
      ended.join();
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

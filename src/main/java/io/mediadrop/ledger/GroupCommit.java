package io.mediadrop.ledger;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import io.mediadrop.base.NamedThreads;
import io.mediadrop.base.PassingTrouble;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.HandleCallback;

/**
 * Commits the changes of all workers together, in a thread of its own and in the order in which
 * they come. A commit waits for the disk, and while one does, others gather that share the next.
 *
 * <p>What an API has answered cannot be had a second time. Where it cannot be written, it stays at
 * the head and is tried again and again; meanwhile nothing is written that lets more be sent.
 */
class GroupCommit {

  private static final Change<?> END = new Change<>(null, Change.Kind.NOTE, trouble -> {});

  /** After so many milliseconds what could not be written is tried again. */
  private static final long REPEAT = 1_000;

  /** How often an answer that cannot be written is tried once everything else has ended. */
  private static final int LAST_TRIES = 5;

  private final LedgerDatabase database;
  private final BlockingQueue<Change<?>> waiting = new LinkedBlockingQueue<>();
  private final Thread thread = new NamedThreads("ledger").newThread(this::work);
  private final List<Change<?>> answers = new ArrayList<>();
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

  /** Whether its thread has ended though nobody has closed it: nothing is written any more. */
  synchronized boolean isDead() {
    return !closed && thread.getState() == Thread.State.TERMINATED;
  }

  /**
   * Runs a change in a transaction, and waits for that. The change runs in another thread, and
   * twice where the first transaction is rolled back.
   *
   * @throws RuntimeException whatever the change or the commit failed with; nothing is changed then
   */
  <T> T commit(HandleCallback<T, RuntimeException> callback, Change.Kind kind) {
    return result(hand(new Change<>(callback, kind, trouble -> {})));
  }

  /**
   * Takes an answer to be written.
   *
   * @param whenHeld told each time that it cannot be written and waits to be tried again
   * @return done once it is on the disk, or failed if it never will be
   */
  <T> CompletableFuture<T> answer(
      HandleCallback<T, RuntimeException> callback, Consumer<RuntimeException> whenHeld) {
    return hand(new Change<>(callback, Change.Kind.ANSWER, whenHeld));
  }

  private <T> CompletableFuture<T> hand(Change<T> change) {
    requireOutsideOfChanges();
    synchronized (this) {
      // whoever waited for a thread that has ended would wait for ever
      if (closed || isDead()) {
        throw new ConnectionException(new SQLException("the ledger is closed"));
      }
      waiting.add(change);
    }
    return change.ended;
  }

  /** Waits for the end whatever happens: who does not know whether it was made cannot go on. */
  static <T> T result(CompletableFuture<T> change) {
    try {
      return change.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw (RuntimeException) e.getCause();
    }
  }

  /** A change would wait for itself here, and a query would not see what it has changed. */
  void requireOutsideOfChanges() {
    if (Thread.currentThread() == thread) {
      throw new IllegalStateException("a change asks the ledger through its handle only");
    }
  }

  private void work() {
    List<Change<?>> changes = new ArrayList<>();
    while (!changes.contains(END)) {
      changes.clear();
      changes.addAll(answers);
      try {
        Change<?> next = answers.isEmpty() ? waiting.take() : waiting.poll(REPEAT, MILLISECONDS);
        if (next != null) {
          changes.add(next);
        }
      } catch (InterruptedException e) {
        // nobody has a reason to; what waits is committed all the same
        continue;
      }
      waiting.drainTo(changes);
      answers.clear();
      commitAll(changes.stream().filter(change -> change != END).toList());
    }
    for (int tries = 0; tries < LAST_TRIES && !answers.isEmpty(); tries++) {
      LockSupport.parkNanos(MILLISECONDS.toNanos(REPEAT));
      List<Change<?>> left = List.copyOf(answers);
      answers.clear();
      commitAll(left);
    }
    answers.forEach(lost -> lost.failed(lost.trouble()));
  }

  private void commitAll(List<Change<?>> changes) {
    if (changes.isEmpty()) {
      return;
    }
    try {
      database.transaction(
          handle -> changes.forEach(change -> change.run(handle)), kindOf(changes));
    } catch (RuntimeException | Error e) {
      if (changes.size() == 1) {
        failed(changes.get(0), e);
      } else {
        // one change must not take the others down with it
        changes.forEach(this::commitAlone);
      }
      return;
    }
    changes.forEach(Change::committed);
  }

  /** What holds for all of them together. */
  private static Change.Kind kindOf(List<Change<?>> changes) {
    boolean synced = changes.stream().anyMatch(change -> change.kind == Change.Kind.SYNCED);
    boolean notes = changes.stream().allMatch(change -> change.kind == Change.Kind.NOTE);
    return synced ? Change.Kind.SYNCED : notes ? Change.Kind.NOTE : Change.Kind.DURABLE;
  }

  private void commitAlone(Change<?> change) {
    if (change.kind == Change.Kind.BEGINNING && !answers.isEmpty()) {
      change.failed(answers.get(0).trouble());
    } else {
      commitAll(List.of(change));
    }
  }

  private void failed(Change<?> change, Throwable failure) {
    if (change.kind == Change.Kind.ANSWER && PassingTrouble.in(failure) != null) {
      answers.add(change);
      change.held((RuntimeException) failure);
    } else {
      change.failed(failure);
    }
  }
}

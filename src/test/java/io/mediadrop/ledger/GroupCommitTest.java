package io.mediadrop.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.awaitility.Awaitility;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** Many changes of many threads in few transactions. */
class GroupCommitTest {

  private static final int MANY = 400;

  @TempDir Path folder;
  private OpenLedger opened;
  private LedgerDatabase database;

  @BeforeEach
  void open() {
    opened = OpenLedger.in(folder);
    database = opened.database();
  }

  @AfterEach
  void close() throws Exception {
    opened.close();
  }

  private static HandleCallback<Integer, RuntimeException> fact(String name) {
    return handle -> handle.execute("INSERT INTO facts (name, value) VALUES (?, 'x')", name);
  }

  private List<String> facts() {
    return database.read(
        handle ->
            handle.createQuery("SELECT name FROM facts ORDER BY name").mapTo(String.class).list());
  }

  @Test
  void makesEachChangeOnceAndFailsThoseAloneThatCannotBeMade() throws Exception {
    database.write(fact("taken"));
    ExecutorService threads = Executors.newFixedThreadPool(16);
    List<Future<Integer>> changes = new ArrayList<>();
    for (int i = 0; i < MANY; i++) {
      String name = i % 10 == 0 ? "taken" : "fact-" + i;
      boolean durable = i % 2 == 0;
      changes.add(
          threads.submit(() -> durable ? database.write(fact(name)) : database.note(fact(name))));
    }
    int failed = 0;
    for (Future<Integer> change : changes) {
      try {
        assertThat(change.get()).isOne();
      } catch (ExecutionException e) {
        assertThat(e).rootCause().hasMessageContaining("UNIQUE");
        failed++;
      }
    }
    threads.shutdown();

    assertThat(failed).isEqualTo(MANY / 10);
    assertThat(facts()).hasSize(1 + MANY - MANY / 10).doesNotHaveDuplicates();
  }

  @Test
  void showsAChangeToQueriesOnceItHasReturned() {
    for (int i = 0; i < MANY; i++) {
      database.note(fact("fact-" + i));
      assertThat(facts()).contains("fact-" + i);
    }
  }

  @Test
  void changesNothingInAQuery() {
    assertThatThrownBy(() -> database.read(fact("sneaked in")))
        .rootCause()
        .hasMessageContaining("readonly");
  }

  @Test
  void refusesToAskWithinAChangeRatherThanWaitForItself() {
    assertThatThrownBy(() -> database.write(handle -> database.write(fact("inner"))))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> database.write(handle -> facts()))
        .isInstanceOf(IllegalStateException.class);
    assertThat(facts()).doesNotContain("inner");
  }

  @Test
  void takesNoChangeOnceItIsClosed() {
    database.close();

    assertThatThrownBy(() -> database.write(fact("late")))
        .isInstanceOf(ConnectionException.class)
        .hasMessageContaining("closed");
  }

  /** A full disk, until it is told otherwise. */
  private HandleCallback<Integer, RuntimeException> answer(AtomicBoolean full) {
    return handle -> {
      if (full.get()) {
        throw new UnableToExecuteStatementException(
            new SQLiteException("full", SQLiteErrorCode.SQLITE_FULL), null);
      }
      return fact("answer").withHandle(handle);
    };
  }

  @Test
  void letsNothingBeginWhileAnAnswerCannotBeWritten() {
    AtomicBoolean full = new AtomicBoolean(true);
    List<RuntimeException> held = Collections.synchronizedList(new ArrayList<>());
    CompletableFuture<Integer> answer = database.answer(answer(full), held::add);
    Awaitility.await().until(() -> !held.isEmpty());

    assertThatThrownBy(() -> database.begin(fact("next file")))
        .isInstanceOf(JdbiException.class)
        .hasMessageContaining("full");
    assertThat(database.write(fact("a failure"))).isOne();
    assertThat(answer).isNotDone();

    full.set(false);
    assertThat(answer.join()).isOne();
    assertThat(database.begin(fact("next file"))).isOne();
    assertThat(facts()).contains("a failure", "answer", "next file");
  }

  @Test
  void writesAnAnswerBeforeWhatIsBegunAfterIt() {
    for (int i = 0; i < MANY; i++) {
      String name = "answer-" + i;
      database.answer(fact(name), trouble -> {});
      boolean before =
          database.begin(
              handle ->
                  handle
                      .createQuery("SELECT 1 FROM facts WHERE name = ?")
                      .bind(0, name)
                      .mapTo(Integer.class)
                      .findOne()
                      .isPresent());
      assertThat(before).isTrue();
    }
  }

  @Test
  void isNotHeldUpByAnAnswerThatIsRefusedForItself() {
    database.write(fact("taken"));
    CompletableFuture<Integer> answer = database.answer(fact("taken"), trouble -> {});

    assertThat(database.begin(fact("next file"))).isOne();
    assertThat(answer).isCompletedExceptionally();
  }

  @Test
  void triesAnAnswerToTheEnd() throws Exception {
    AtomicBoolean full = new AtomicBoolean(true);
    CountDownLatch closing = new CountDownLatch(1);
    CompletableFuture<Integer> answer =
        database.answer(answer(full), trouble -> closing.countDown());
    CompletableFuture<Void> end = CompletableFuture.runAsync(database::close);
    closing.await();
    full.set(false);
    end.join();

    assertThat(answer.join()).isOne();
  }
}

package io.mediadrop.lane;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.mediadrop.api.AnswerJson;
import io.mediadrop.file.Home;
import io.mediadrop.lane.FolderNote.Holder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The note in a watched folder, by a clock that the test sets. */
class FolderNoteTest {

  private final AtomicLong now = new AtomicLong();
  private final ObjectMapper json = AnswerJson.mapper();

  @TempDir Path folder;

  @Test
  void holdsTheFolderAsLongAsItsBeatIsSeen() throws Exception {
    FolderNote first = of("first");
    FolderNote second = of("second");

    assertThat(first.look()).isEqualTo(Holder.OURS);
    assertThat(second.look()).isEqualTo(Holder.UNCLEAR);
    for (int beat = 0; beat < 10; beat++) {
      pass(Duration.ofSeconds(20));
      assertThat(first.look()).isEqualTo(Holder.OURS);
      assertThat(second.look()).isEqualTo(Holder.ANOTHERS);
    }
    assertThat(second.others().toString()).contains("/homes/first", "a machine", "process 7");
  }

  @Test
  void isTakenOverOnceItHasNotChangedForLong() throws Exception {
    of("killed").look();
    FolderNote second = of("second");

    assertThat(second.look()).isEqualTo(Holder.UNCLEAR);
    pass(FolderNote.DEAD.minusSeconds(1));
    assertThat(second.look()).isEqualTo(Holder.UNCLEAR);
    pass(Duration.ofSeconds(1));
    second.look();
    pass(Duration.ofSeconds(3));
    assertThat(second.look()).isEqualTo(Holder.OURS);
  }

  @Test
  void isGivenToOneOfTwoThatTakeItOverAtOnce() throws Exception {
    of("killed").look();
    FolderNote second = of("second");
    FolderNote third = of("third");
    second.look();
    third.look();
    pass(FolderNote.DEAD);

    second.look();
    third.look();
    for (int i = 0; i < 3; i++) {
      pass(Duration.ofSeconds(3));
      second.look();
      third.look();
    }

    assertThat(List.of(second.holder(), third.holder()))
        .containsExactlyInAnyOrder(Holder.OURS, Holder.ANOTHERS);
  }

  @Test
  void isGivenToTheLastOfTwoThatHadBothReadTheDeadOne() throws Exception {
    of("killed").look();
    FolderNote second = of("second");
    second.look();
    pass(FolderNote.DEAD);
    assertThat(second.look()).isEqualTo(Holder.UNCLEAR);

    Path file = folder.resolve(FolderNote.NAME);
    WatchNote third = note("third", "run on third");
    Files.write(file, third.text(json));
    pass(Duration.ofSeconds(3));
    assertThat(second.look()).isNotEqualTo(Holder.OURS);
    Files.write(file, third.next().text(json));
    pass(Duration.ofSeconds(10));
    assertThat(second.look()).isEqualTo(Holder.ANOTHERS);
  }

  @Test
  void isTakenOverAtOnceByTheNextRunOnTheSameHome() throws Exception {
    new FolderNote(folder, note("home", "killed run"), json, now::get).look();

    assertThat(new FolderNote(folder, note("home", "next run"), json, now::get).look())
        .isEqualTo(Holder.OURS);
  }

  @Test
  void isNotFoughtForByTwoCopiesOfOneMachine() throws Exception {
    FolderNote original = new FolderNote(folder, note("home", "original"), json, now::get);
    FolderNote clone = new FolderNote(folder, note("home", "clone"), json, now::get);
    original.look();

    clone.look();
    for (int i = 0; i < 5; i++) {
      pass(Duration.ofSeconds(10));
      original.look();
      clone.look();
    }

    assertThat(original.holder()).isEqualTo(Holder.ANOTHERS);
    assertThat(clone.holder()).isEqualTo(Holder.OURS);
  }

  @Test
  void countsWhateverItSaysAsLongAsSomebodyChangesIt() throws Exception {
    Path file = folder.resolve(FolderNote.NAME);
    FolderNote ours = of("ours");
    for (String text : new String[] {"", "{\"home\":\"/x", "{\"beat\":1}", "[]", "\0\0\0"}) {
      Files.writeString(file, text);
      ours.look();
      pass(FolderNote.DEAD.minusSeconds(1));
    }
    assertThat(ours.holder()).isEqualTo(Holder.ANOTHERS);

    pass(FolderNote.DEAD);
    ours.look();
    pass(Duration.ofSeconds(3));
    assertThat(ours.look()).isEqualTo(Holder.OURS);
    assertThat(WatchNote.of(Files.readAllBytes(file), json).home()).isEqualTo("/homes/ours");
  }

  @Test
  void isWrittenAgainWhenSomebodyHasDeletedIt() throws Exception {
    FolderNote ours = of("ours");
    ours.look();
    Files.delete(folder.resolve(FolderNote.NAME));

    assertThat(ours.look()).isEqualTo(Holder.OURS);
    assertThat(folder.resolve(FolderNote.NAME)).exists();
  }

  @Test
  void noticesAtTheNextFileThatTheFolderWasTakenWhileThisMachineSlept() throws Exception {
    FolderNote sleeping = of("sleeping");
    sleeping.look();
    FolderNote other = of("other");
    other.look();
    pass(FolderNote.DEAD);
    other.look();
    pass(Duration.ofSeconds(3));
    assertThat(other.look()).isEqualTo(Holder.OURS);

    assertThat(sleeping.isStillOurs()).isFalse();
    assertThat(other.isStillOurs()).isTrue();
  }

  @Test
  void goesWithItsOwnRunAndWithNoOther() throws Exception {
    FolderNote first = of("first");
    FolderNote second = of("second");
    first.look();
    second.look();

    second.leave(true);
    assertThat(folder.resolve(FolderNote.NAME)).exists();
    first.leave(true);
    assertThat(folder.resolve(FolderNote.NAME)).doesNotExist();
    assertThat(second.look()).isEqualTo(Holder.OURS);
  }

  @Test
  void knowsAHomeAgainThatWasMovedAndNotTheCopyOfOne() throws Exception {
    Path home = folder.resolve("home");
    String id = idOf(home);
    Path moved = Files.move(home, folder.resolve("moved"));
    assertThat(idOf(moved)).isEqualTo(id);

    Path copy = Files.createDirectories(folder.resolve("copy/data"));
    Files.copy(moved.resolve("data/home-id"), copy.resolve("home-id"));
    assertThat(idOf(folder.resolve("copy"))).isNotEqualTo(id);
  }

  private static String idOf(Path root) throws IOException {
    Home home = new Home();
    home.setRoot(root.toString());
    home.open();
    try {
      return HomeId.note(home, Instant.EPOCH).homeId();
    } finally {
      home.close();
    }
  }

  private FolderNote of(String home) {
    return new FolderNote(folder, note(home, "run on " + home), json, now::get);
  }

  private static WatchNote note(String home, String instance) {
    return new WatchNote(
        "/homes/" + home, "a machine", 7, home, instance, "today", 1, "alice", false);
  }

  private void pass(Duration time) {
    now.addAndGet(time.toNanos());
  }
}

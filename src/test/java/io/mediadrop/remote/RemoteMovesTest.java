package io.mediadrop.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.jcraft.jsch.SftpException;
import io.mediadrop.cli.Running;
import io.mediadrop.media.MediaFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.camel.CamelContext;
import org.apache.camel.component.file.remote.SftpEndpoint;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A file on a server that says one thing and does another. */
class RemoteMovesTest {

  private static final String FROM = "in/photo.jpg";
  private static final String TO = "in/done/photo.jpg";
  private static final String NEXT = "in/done/photo~2.jpg";

  @TempDir Path folder;
  private final CamelContext context = new DefaultCamelContext();
  private RemoteMoves moves = new RemoteMoves(Duration.ofMillis(10));
  private SftpHost host;
  private SftpSessions sessions;
  private byte[] photo;

  @BeforeEach
  void start() throws Exception {
    host = SftpHost.on(folder.resolve("nas"));
    Path in = Files.createDirectories(host.root().resolve("in/done")).getParent();
    photo = Files.readAllBytes(MediaFiles.write(in.resolve("photo.jpg"), 20_000));
    SftpEndpoint endpoint =
        context.getEndpoint(
            "sftp:127.0.0.1:%d/in?useUserKnownHostsFile=false".formatted(host.port()),
            SftpEndpoint.class);
    endpoint.getConfiguration().setUsername(SftpHost.USER);
    endpoint.getConfiguration().setPassword(SftpHost.PASSWORD);
    sessions = new SftpSessions(endpoint);
  }

  @AfterEach
  void stop() throws Exception {
    sessions.close();
    context.stop();
    host.close();
  }

  /** Moves it as a lane does: to the first name that it can get. */
  private boolean move() throws Exception {
    return sessions.with(
        session -> {
          for (String to : new String[] {TO, NEXT}) {
            RemoteMove move = new RemoteMove(session.stampOf(FROM), FROM, to);
            if (moves.isFree(session, move) && moves.make(session, move)) {
              return true;
            }
          }
          return false;
        });
  }

  private void lie(Lie lie) {
    host.lie(lie);
    if (lie == Lie.DOES_IT_LATER) {
      moves = new RemoteMoves();
    }
  }

  private void assertMoved() {
    assertThat(Running.filesIn(host.root())).containsExactly(TO);
    assertThat(host.root().resolve(TO)).hasBinaryContent(photo);
  }

  private void assertStays() {
    assertThat(host.root().resolve(FROM)).hasBinaryContent(photo);
  }

  @Test
  void isMovedByOneThatTellsTheTruth() throws Exception {
    assertThat(move()).isTrue();
    assertMoved();
  }

  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.INCLUDE,
      names = {
        "LINKS_NOTHING",
        "LINKS_BY_MOVING",
        "LINKS_BY_COPYING",
        "KNOWS_NO_LINKS",
        "RENAMES_NOTHING",
        "DOES_IT_LATER"
      })
  void isMovedAllTheSameWhereThereIsAWay(Lie lie) throws Exception {
    lie(lie);

    assertThat(move()).isTrue();
    assertMoved();
  }

  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.INCLUDE,
      names = {"RENAMES_BY_COPYING", "DOES_IT_LATER"})
  void isMovedByRenamingAllTheSame(Lie lie) throws Exception {
    host.lie(Lie.KNOWS_NO_LINKS);
    lie(lie);

    assertThat(move()).isTrue();
    assertMoved();
  }

  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.INCLUDE,
      names = {"LINKS_AN_EMPTY_FILE", "RENAMES_NOTHING", "RENAMES_HALF", "TELLS_ANOTHER_SIZE"})
  void staysWhereItsNewNameDoesNotHaveIt(Lie lie) throws Exception {
    host.lie(lie);
    if (lie.name().startsWith("RENAMES")) {
      host.lie(Lie.LINKS_NOTHING);
    }
    for (int again = 0; again < 3; again++) {
      assertThatThrownBy(this::move).isInstanceOf(NotSeen.class);
      assertStays();
    }
    assertThat(Running.filesIn(host.root())).hasSizeLessThanOrEqualTo(2);
  }

  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.INCLUDE,
      names = {"RENAMES_BY_COPYING", "LINKS_BY_COPYING"})
  void isUnderBothNamesOnceWhereDeletingDoesNothingAndMovedOnceItDoes(Lie lie) throws Exception {
    host.lie(lie, Lie.DELETES_NOTHING);
    if (lie == Lie.RENAMES_BY_COPYING) {
      host.lie(Lie.KNOWS_NO_LINKS);
    }
    for (int again = 0; again < 3; again++) {
      assertThatThrownBy(this::move).isInstanceOf(NotSeen.class).hasMessageContaining("deleted");
      assertThat(Running.filesIn(host.root())).containsExactlyInAnyOrder(FROM, TO);
    }
    host.lieNoMore();
    assertThat(move()).isTrue();
    assertMoved();
  }

  @Test
  void pilesNoCopiesUpWhereNothingMayBeDeleted() throws Exception {
    host.lie(Lie.KNOWS_NO_LINKS, Lie.RENAMES_BY_COPYING_AND_REFUSES, Lie.MAY_NOT_DELETE);
    for (int again = 0; again < 3; again++) {
      assertThatThrownBy(this::move).isInstanceOf(SftpException.class);
      assertThat(Running.filesIn(host.root())).containsExactlyInAnyOrder(FROM, TO);
    }
    host.lieNoMore();
    assertThat(move()).isTrue();
    assertMoved();
  }

  @Test
  void keepsOneNameWhereItsFirstOneMayNotBeTakenAway() throws Exception {
    host.lie(Lie.MAY_NOT_DELETE);
    assertThatThrownBy(this::move).isInstanceOf(SftpException.class);
    assertStays();

    host.lieNoMore();
    assertThat(move()).isTrue();
    assertMoved();
  }

  @Test
  void isSaidToBeNowhereWhereTheServerHasLostIt() {
    host.lie(Lie.KNOWS_NO_LINKS, Lie.RENAMES_INTO_NOTHING);

    assertThatThrownBy(this::move).isInstanceOf(NotSeen.class).hasMessageContaining("neither at");
  }

  @Test
  void takesAnotherNameBesideAnothersFileOfTheSameLength() throws Exception {
    Path done = MediaFiles.write(host.root().resolve(TO), 20_000, 2);
    byte[] others = Files.readAllBytes(done);
    host.lie(Lie.LINKS_NOTHING);

    assertThat(move()).isTrue();
    assertThat(done).hasBinaryContent(others);
    assertThat(host.root().resolve(NEXT)).hasBinaryContent(photo);
  }

  @Test
  void isNotDeletedWhereTheNewFolderIsTheOldOne() throws Exception {
    Files.delete(host.root().resolve("in/done"));
    Files.createSymbolicLink(host.root().resolve("in/done"), Path.of("."));

    assertThatThrownBy(this::move).isInstanceOf(NotSeen.class).hasMessageContaining("lead back");
    assertStays();
  }

  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.INCLUDE,
      names = {"DOES_IT_LATER", "SHOWS_OTHERS_WHAT_IS_GONE", "DELETES_NOTHING"})
  void isDeletedOnlyOnceThatIsSeen(Lie lie) throws Exception {
    lie(lie);
    if (lie == Lie.DELETES_NOTHING) {
      assertThatThrownBy(this::delete).isInstanceOf(NotSeen.class);
      assertStays();
    } else {
      delete();
      Running.patiently().until(() -> Running.filesIn(host.root()).isEmpty());
    }
  }

  private void delete() throws Exception {
    sessions.with(
        session -> {
          moves.delete(session, session.stampOf(FROM), FROM);
          return null;
        });
  }
}

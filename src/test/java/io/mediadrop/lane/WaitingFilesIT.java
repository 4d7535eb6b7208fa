package io.mediadrop.lane;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediadrop.api.Checksums;
import io.mediadrop.cli.LogLines;
import io.mediadrop.cli.Running;
import io.mediadrop.ledger.LedgerDatabase;
import io.mediadrop.media.MediaFiles;
import io.mediadrop.sandbox.Faults;
import io.mediadrop.sandbox.Route;
import io.mediadrop.sandbox.Sandbox;
import io.mediadrop.sandbox.SandboxOptions;
import io.mediadrop.sandbox.Upload;
import io.mediadrop.sandbox.When;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file waits for the API while its lane gets another connection, name, folder or home. */
class WaitingFilesIT {

  @TempDir Path folder;
  private LogLines log;
  private Sandbox sandbox;
  private Running running;

  @BeforeEach
  void start() throws Exception {
    log = new LogLines();
    sandbox =
        Sandbox.start(
            SandboxOptions.defaults()
                .withConnection(Sandbox.KEY, "conn_alice")
                .withConnection(Sandbox.KEY, "conn_anna"));
    sandbox.faults().on(When.route(Route.INIT), Faults.refuse(503, "UNAVAILABLE"));
    write("x", "alice", "x");
    run("home");
    MediaFiles.write(running.drop().resolve("x/a.jpg"), 5_000, 1);
    Running.patiently().until(() -> running.drops("WAITING") == 1);
  }

  private void run(String home) throws Exception {
    running =
        Running.on(folder.resolve(home))
            .impatiently()
            .config(folder.resolve("config"))
            .start(sandbox);
  }

  @AfterEach
  void stop() throws IOException {
    running.close();
    sandbox.close();
    log.close();
  }

  private Path file(String name) {
    return folder.resolve("config/lanes").resolve(name + ".camel.yaml");
  }

  private void write(String name, String connection, String directory) throws IOException {
    Files.createDirectories(file(name).getParent());
    Files.writeString(
        file(name),
        """
        - templatedRoute:
            routeId: %s
            routeTemplateRef: folder-lane
            parameters:
              - name: directory
                value: "{{mediadrop.home}}/drop/%s"
              - name: connectionId
                value: conn_%s
        """
            .formatted(name, directory, connection));
  }

  private void awaitLogged(String text) {
    Running.patiently().until(() -> log.all().stream().anyMatch(line -> line.contains(text)));
  }

  @Test
  void isUploadedForTheNewConnectionOnceItIsPutThereAnewAndIsStillNewToTheOldOne()
      throws Exception {
    write("x", "anna", "x");
    awaitLogged("Lane x has changed");
    sandbox.faults().clear();
    Path away = folder.resolve("a.jpg");
    Files.move(running.drop().resolve("x/a.jpg"), away);
    awaitLogged("nothing is held back any more");
    assertThat(sandbox.uploads()).isEmpty();
    Files.move(away, running.drop().resolve("x/a.jpg"));
    running.awaitFiled(1);

    write("y", "alice", "y");
    awaitLogged("Lane y watches");
    MediaFiles.write(running.drop().resolve("y/b.jpg"), 5_000, 1);
    running.awaitFiled(2);

    assertThat(sandbox.uploads())
        .extracting(Upload::connection)
        .containsExactly("conn_anna", "conn_alice");
  }

  @Test
  void goesOnInTheLaneThatHasItsFolderNow() throws Exception {
    Files.delete(file("x"));
    write("z", "alice", "x");
    awaitLogged("Lane z watches");
    sandbox.faults().clear();
    running.awaitFiled(1);

    assertThat(running.drops("WAITING")).isZero();
    assertThat(sandbox.uploads()).hasSize(1);
    assertThat(running.json("a.jpg.media.json").path("lane").asText()).isEqualTo("z");
  }

  @Test
  void keepsNobodyWaitingOnceItsLaneIsRemoved() throws Exception {
    Files.delete(file("x"));
    write("y", "alice", "y");
    awaitLogged("Lane y watches");
    awaitLogged("Lane x is removed");
    sandbox.faults().clear();
    MediaFiles.write(running.drop().resolve("y/b.jpg"), 5_000, 1);
    running.awaitFiled(1);

    assertThat(sandbox.uploads()).hasSize(1);
  }

  @Test
  void goesOnInAHomeThatWasMoved() throws Exception {
    running.close();
    Files.move(folder.resolve("home"), folder.resolve("elsewhere"));
    sandbox.faults().clear();
    run("elsewhere");
    running.awaitFiled(1);

    assertThat(sandbox.uploads()).hasSize(1);
    assertThat(log.warningsWith("vanished")).isEmpty();
  }

  @Test
  void isPutAwayFromTheOldFolderWhereTheNewOneHasItsName() throws Exception {
    Path inTheWay = Files.writeString(running.archive().resolve("x"), "");
    sandbox.faults().clear();
    Running.patiently().until(() -> running.drops("UPLOADED") == 1);
    write("x", "alice", "new");
    awaitLogged("Lane x has changed");
    int before = attempts();
    MediaFiles.write(running.drop().resolve("new/a.jpg"), 6_000, 2);
    Running.patiently().until(() -> attempts() > before);
    Files.delete(inTheWay);
    Running.patiently().until(() -> running.drops("FILED") > 0);

    assertThat(running.drop().resolve("x/a.jpg")).doesNotExist();
    assertThat(running.json("a.jpg.media.json").path("archived").asText()).endsWith("/a.jpg");
  }

  private int attempts() {
    return running
        .bean("ledgerDatabase", LedgerDatabase.class)
        .read(
            handle ->
                handle.createQuery("SELECT SUM(attempts) FROM drops").mapTo(Integer.class).one());
  }

  @Test
  void isNotTakenForTheOneOfItsNameInTheLanesNewFolder() throws Exception {
    write("x", "alice", "new");
    awaitLogged("Lane x has changed");
    Path other = MediaFiles.write(running.drop().resolve("new/a.jpg"), 5_000, 2);
    String md5 = new Checksums().md5(other);
    sandbox.faults().clear();
    running.awaitFiled(1);

    assertThat(sandbox.uploads()).extracting(Upload::md5).containsExactly(md5);
    assertThat(Running.filesIn(running.drop())).containsExactly("x/a.jpg");
    assertThat(log.warningsWith("changed or replaced")).isEmpty();
  }
}

package io.mediadrop.lane;

import static io.mediadrop.kit.WrittenLanes.lane;
import static org.assertj.core.api.Assertions.assertThat;

import io.mediadrop.api.Checksums;
import io.mediadrop.cli.LogLines;
import io.mediadrop.cli.Running;
import io.mediadrop.kit.Mediadrop;
import io.mediadrop.kit.WrittenLanes;
import io.mediadrop.ledger.LedgerDatabase;
import io.mediadrop.sandbox.Faults;
import io.mediadrop.sandbox.Route;
import io.mediadrop.sandbox.Sandbox;
import io.mediadrop.sandbox.SandboxOptions;
import io.mediadrop.sandbox.Upload;
import io.mediadrop.sandbox.When;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A file waits for the API while its lane gets another connection, name, folder or home. */
class WaitingFilesIT {

  @RegisterExtension final Mediadrop mediadrop = new Mediadrop().impatiently();
  private final Sandbox sandbox =
      mediadrop.sandbox(
          SandboxOptions.defaults()
              .withConnection(Sandbox.KEY, "conn_alice")
              .withConnection(Sandbox.KEY, "conn_anna"));
  private final LogLines log = mediadrop.log();
  private final WrittenLanes lanes = mediadrop.lanes();

  @BeforeEach
  void start() throws Exception {
    sandbox.faults().on(When.route(Route.INIT), Faults.refuse(503, "UNAVAILABLE"));
    lanes.write("x", lane("x", "{{mediadrop.home}}/drop/x", "conn_alice"));
    mediadrop.start();
    mediadrop.put("x/a.jpg", 5_000, 1);
    Running.patiently().until(() -> mediadrop.drops("WAITING") == 1);
  }

  @Test
  void isUploadedForTheNewConnectionOnceItIsPutThereAnewAndIsStillNewToTheOldOne()
      throws Exception {
    lanes.write("x", lane("x", "{{mediadrop.home}}/drop/x", "conn_anna"));
    log.await("Lane x has changed");
    sandbox.faults().clear();
    Path away = mediadrop.folder("away").resolve("a.jpg");
    Files.move(mediadrop.drop().resolve("x/a.jpg"), away);
    log.await("nothing is held back any more");
    assertThat(sandbox.uploads()).isEmpty();
    Files.move(away, mediadrop.drop().resolve("x/a.jpg"));
    mediadrop.awaitFiled(1);

    lanes.write("y", lane("y", "{{mediadrop.home}}/drop/y", "conn_alice"));
    log.await("Lane y watches");
    mediadrop.put("y/b.jpg", 5_000, 1);
    mediadrop.awaitFiled(2);

    assertThat(sandbox.uploads())
        .extracting(Upload::connection)
        .containsExactly("conn_anna", "conn_alice");
  }

  @Test
  void goesOnInTheLaneThatHasItsFolderNow() throws Exception {
    lanes.remove("x");
    lanes.write("z", lane("z", "{{mediadrop.home}}/drop/x", "conn_alice"));
    log.await("Lane z watches");
    sandbox.faults().clear();
    mediadrop.awaitFiled(1);

    assertThat(mediadrop.drops("WAITING")).isZero();
    assertThat(sandbox.uploads()).hasSize(1);
    assertThat(mediadrop.json("a.jpg.media.json").path("lane").asText()).isEqualTo("z");
  }

  @Test
  void keepsNobodyWaitingOnceItsLaneIsRemoved() throws Exception {
    lanes.remove("x");
    lanes.write("y", lane("y", "{{mediadrop.home}}/drop/y", "conn_alice"));
    log.await("Lane y watches");
    log.await("Lane x is removed");
    sandbox.faults().clear();
    mediadrop.put("y/b.jpg", 5_000, 1);
    mediadrop.awaitFiled(1);

    assertThat(sandbox.uploads()).hasSize(1);
  }

  @Test
  void goesOnInAHomeThatWasMoved() throws Exception {
    mediadrop.stop();
    Path moved = Files.move(mediadrop.home(), mediadrop.home().resolveSibling("elsewhere"));
    sandbox.faults().clear();
    mediadrop.on(moved).start();
    mediadrop.awaitFiled(1);

    assertThat(sandbox.uploads()).hasSize(1);
    assertThat(log.warningsWith("vanished")).isEmpty();
  }

  @Test
  void isPutAwayFromTheOldFolderWhereTheNewOneHasItsName() throws Exception {
    Path inTheWay = Files.writeString(mediadrop.archive().resolve("x"), "");
    sandbox.faults().clear();
    Running.patiently().until(() -> mediadrop.drops("UPLOADED") == 1);
    lanes.write("x", lane("x", "{{mediadrop.home}}/drop/new", "conn_alice"));
    log.await("Lane x has changed");
    int before = attempts();
    mediadrop.put("new/a.jpg", 6_000, 2);
    Running.patiently().until(() -> attempts() > before);
    Files.delete(inTheWay);
    Running.patiently().until(() -> mediadrop.drops("FILED") > 0);

    assertThat(mediadrop.drop().resolve("x/a.jpg")).doesNotExist();
    assertThat(mediadrop.json("a.jpg.media.json").path("archived").asText()).endsWith("/a.jpg");
  }

  private int attempts() {
    return mediadrop
        .bean("ledgerDatabase", LedgerDatabase.class)
        .read(
            handle ->
                handle.createQuery("SELECT SUM(attempts) FROM drops").mapTo(Integer.class).one());
  }

  @Test
  void isNotTakenForTheOneOfItsNameInTheLanesNewFolder() throws Exception {
    lanes.write("x", lane("x", "{{mediadrop.home}}/drop/new", "conn_alice"));
    log.await("Lane x has changed");
    Path other = mediadrop.put("new/a.jpg", 5_000, 2);
    String md5 = new Checksums().md5(other);
    sandbox.faults().clear();
    mediadrop.awaitFiled(1);

    assertThat(sandbox.uploads()).extracting(Upload::md5).containsExactly(md5);
    assertThat(Running.filesIn(mediadrop.drop())).containsExactly("x/a.jpg");
    assertThat(log.warningsWith("changed or replaced")).isEmpty();
  }
}

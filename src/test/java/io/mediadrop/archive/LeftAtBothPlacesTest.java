package io.mediadrop.archive;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediadrop.cli.LogLines;
import io.mediadrop.cli.Running;
import io.mediadrop.drop.Drop;
import io.mediadrop.drop.DropState;
import io.mediadrop.file.FileNames;
import io.mediadrop.file.FileStamp;
import io.mediadrop.kit.Mediadrop;
import io.mediadrop.ledger.Ledger;
import io.mediadrop.ledger.Unfiled;
import io.mediadrop.media.MediaFiles;
import io.mediadrop.sandbox.Faults;
import io.mediadrop.sandbox.Route;
import io.mediadrop.sandbox.Sandbox;
import io.mediadrop.sandbox.Upload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * A crash has left an uploaded file under both of its names, or copied, and somebody has changed
 * one of them or put something else there before the next start.
 */
class LeftAtBothPlacesTest {

  @RegisterExtension final Mediadrop mediadrop = new Mediadrop();
  private final Sandbox sandbox = mediadrop.sandbox();
  private final LogLines log = mediadrop.log();

  @TempDir Path aside;
  private Path photo;
  private Path original;
  private FileTime modified;
  private byte[] content;
  private byte[] newer;

  @BeforeEach
  void fileOne() throws Exception {
    mediadrop.with("mediadrop.drop.settle", "1s").start();
    photo = mediadrop.put("photo.jpg", 1000);
    mediadrop.awaitFiled(1);
    original = mediadrop.archived("photo.jpg");
    modified = Files.getLastModifiedTime(original);
    content = Files.readAllBytes(original);
    newer = Files.readAllBytes(MediaFiles.write(aside.resolve("newer.jpg"), 1000, 7));
  }

  @Test
  void isOnlyInItsFolderWhereItWasRewritten() throws Exception {
    Files.createLink(photo, original);
    String key = FileStamp.of(photo).key();
    Files.write(photo, newer);

    assertThat(fileOnceMore(key)).isTrue();
    assertThat(original).doesNotExist();
    assertThat(photo).hasBinaryContent(newer);
    assertThat(receipt("photo.jpg")).contains("\"superseded\" : true", "\"archived\" : null");
    mediadrop.awaitFiled(2);
    assertThat(sandbox.uploads()).extracting(Upload::size).containsExactly(1000L, 1000L);
    assertThat(mediadrop.archived("photo~2.jpg")).hasBinaryContent(newer);
  }

  @Test
  void goesBackUnderANumberWhereItWasRewrittenAndItsNameIsTaken() throws Exception {
    String key = FileStamp.of(original).key();
    Files.write(original, newer);
    Path other = MediaFiles.write(photo, 2000, 3);
    byte[] others = Files.readAllBytes(other);

    assertThat(fileOnceMore(key)).isTrue();
    assertThat(original).doesNotExist();
    assertThat(photo.resolveSibling("photo~2.jpg")).hasBinaryContent(newer);
    assertThat(photo).hasBinaryContent(others);
    mediadrop.awaitFiled(3);
    assertThat(sandbox.uploads())
        .extracting(Upload::size)
        .containsExactlyInAnyOrder(1000L, 1000L, 2000L);
  }

  @Test
  void leavesWhatSomebodyHasPutIntoTheArchiveWhereItWasToGo() throws Exception {
    Files.move(original, photo);
    String key = FileStamp.of(photo).key();
    Files.write(photo, newer);
    Files.writeString(original, "somebody's own");

    assertThat(fileOnceMore(key)).isTrue();
    assertThat(original).hasContent("somebody's own");
    assertThat(photo).hasBinaryContent(newer);
    assertThat(receipt("photo.jpg")).contains("\"archived\" : null");
    mediadrop.awaitFiled(2);
  }

  @Test
  void leavesAnotherOfTheSameSizeAndTimeThatWasDroppedSince() throws Exception {
    String key = FileStamp.of(original).key();
    Files.write(photo, newer);
    Files.setLastModifiedTime(photo, modified);

    assertThat(fileOnceMore(key)).isTrue();
    assertThat(original).hasBinaryContent(content);
    assertThat(photo).hasBinaryContent(newer);
    mediadrop.awaitFiled(2);
    assertThat(sandbox.uploads()).hasSize(2);
    assertThat(mediadrop.archived("photo~2.jpg")).hasBinaryContent(newer);
  }

  @Test
  void leavesTheSameContentThatWasDroppedOnceMore() throws Exception {
    String key = FileStamp.of(original).key();
    Files.write(photo, content);
    Files.setLastModifiedTime(photo, modified);

    assertThat(fileOnceMore(key)).isTrue();
    assertThat(photo).exists();
    Running.patiently().until(() -> mediadrop.drops("DUPLICATE") == 1);
    assertThat(sandbox.uploads()).hasSize(1);
  }

  @Test
  void goesFromItsFolderWhereItWasCopied() throws Exception {
    Files.move(original, photo);
    Files.write(original, content);
    Files.setLastModifiedTime(original, modified);

    assertThat(fileOnceMore(FileStamp.of(photo).key())).isTrue();
    assertThat(photo).doesNotExist();
    assertThat(original).hasBinaryContent(content);
    assertThat(log.warnings()).isEmpty();
    assertThat(mediadrop.drops("DUPLICATE")).isZero();
  }

  @Test
  void isNotAmongTheRefusedWhereItWasRewritten() throws Exception {
    Path refused = refuseOne();
    Path again = mediadrop.drop().resolve("refused.jpg");
    Files.createLink(again, refused);
    Files.write(again, newer);

    setAsideOnceMore();
    assertThat(refused).doesNotExist();
    assertThat(refused.resolveSibling("refused.jpg.reason.txt")).doesNotExist();
    mediadrop.awaitFiled(2);
    assertThat(mediadrop.archived("refused.jpg")).hasBinaryContent(newer);
  }

  @Test
  void leavesAnotherThatWasDroppedSinceTheFirstOneWasRefused() throws Exception {
    Path refused = refuseOne();
    byte[] first = Files.readAllBytes(refused);
    Path again = mediadrop.drop().resolve("refused.jpg");
    Files.write(again, newer);
    Files.setLastModifiedTime(again, Files.getLastModifiedTime(refused));

    setAsideOnceMore();
    assertThat(refused).hasBinaryContent(first);
    mediadrop.awaitFiled(2);
    assertThat(mediadrop.archived("refused.jpg")).hasBinaryContent(newer);
  }

  private Path refuseOne() {
    sandbox.faults().next(Route.INIT, Faults.refuse(400, "INVALID_INPUT"));
    mediadrop.put("refused.jpg", 1000, 5);
    mediadrop.awaitFailed(1);
    return mediadrop.failed().resolve("default/refused.jpg");
  }

  /** As after a crash that came before the ledger knew that it was set aside. */
  private void setAsideOnceMore() {
    Ledger ledger = mediadrop.bean("ledger", Ledger.class);
    ledger.write(
        handle ->
            handle.execute(
                "INSERT INTO work (id, lane, connection, source, path, size, modified, file_key,"
                    + " state, attempts, reason, failed_at, failed_path, claimed_at)"
                    + " SELECT id, lane, connection, source, path, size, modified, '', 'FAILED',"
                    + " attempts, reason, failed_at, failed_path, claimed_at FROM ended"));
    ledger.write(handle -> handle.execute("DELETE FROM ended"));
    mediadrop.bean("archive", Archive.class).putAway(ledger.in(DropState.FAILED));
    assertThat(ledger.in(DropState.FAILED)).isEmpty();
  }

  private boolean fileOnceMore(String key) {
    Ledger ledger = mediadrop.bean("ledger", Ledger.class);
    Drop drop = Unfiled.again(ledger, "path = 'photo.jpg'").get(0);
    ledger.write(handle -> handle.execute("UPDATE work SET file_key = ?", key));
    mediadrop.bean("archive", Archive.class).putAway(drop);
    return ledger.in(DropState.UPLOADED).isEmpty();
  }

  private String receipt(String name) throws IOException {
    List<String> found =
        Running.filesIn(mediadrop.archive()).stream()
            .filter(file -> file.endsWith("/" + FileNames.receipt(name)))
            .toList();
    return Files.readString(mediadrop.archive().resolve(found.get(0)));
  }
}

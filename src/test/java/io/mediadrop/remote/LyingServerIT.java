package io.mediadrop.remote;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediadrop.cli.LogLines;
import io.mediadrop.cli.Running;
import io.mediadrop.kit.Mediadrop;
import io.mediadrop.media.MediaFiles;
import io.mediadrop.sandbox.Sandbox;
import io.mediadrop.sandbox.Upload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A lane over a server that says ok to what it does not do. */
class LyingServerIT {

  @RegisterExtension final Mediadrop mediadrop = new Mediadrop();
  private final Sandbox sandbox = mediadrop.sandbox();
  private final LogLines log = mediadrop.log();

  private SftpHost host;
  private SftpLane lane;
  private Path in;
  private byte[] photo;

  @BeforeEach
  void start() throws Exception {
    host = mediadrop.closing(SftpHost.on(mediadrop.folder("server")));
    lane = SftpLane.over(host, mediadrop.folder("config"));
    in = host.root().resolve("in");
    photo = Files.readAllBytes(MediaFiles.write(in.resolve("photo.jpg"), 20_000));
  }

  /** Duplicates are not looked for: what is uploaded twice is seen. */
  private void run() throws Exception {
    lane.prepare(mediadrop).with("mediadrop.duplicates", "upload").start();
  }

  /** Waits until a later file has come through: the listings went on meanwhile. */
  private void awaitLater(int filed) throws Exception {
    MediaFiles.write(in.resolve("later-" + filed + ".jpg"), 5_000 + filed, filed);
    mediadrop.awaitFiled(filed);
  }

  private void assertUploadedOnce() {
    assertThat(sandbox.uploads()).extracting(Upload::name).doesNotHaveDuplicates();
  }

  private List<String> told() {
    return log.warningsWith("cannot be put away");
  }

  @Test
  void losesNothingWhereLinksAreMadeOfWordsAlone() throws Exception {
    host.lie(Lie.LINKS_NOTHING);
    run();
    mediadrop.awaitFiled(1);
    Running.patiently().until(() -> Running.filesIn(in).equals(List.of("done/photo.jpg")));
    assertThat(in.resolve("done/photo.jpg")).hasBinaryContent(photo);
    awaitLater(2);
    assertUploadedOnce();
    assertThat(told()).isEmpty();
  }

  @Test
  void leavesAFileThatIsMovedInWordsAloneAndMovesItLater() throws Exception {
    host.lie(Lie.LINKS_NOTHING, Lie.RENAMES_NOTHING);
    run();
    Running.patiently().until(() -> !told().isEmpty());
    awaitLater(2);
    awaitLater(3);
    assertThat(in.resolve("photo.jpg")).hasBinaryContent(photo);
    assertThat(told())
        .singleElement()
        .asString()
        .contains("nas photo.jpg", "still at its place", "after to keep");

    mediadrop.stop();
    run();
    awaitLater(4);
    host.lieNoMore();
    Running.patiently().until(() -> Running.filesIn(in.resolve("done")).size() == 4);
    assertThat(in.resolve("done/photo.jpg")).hasBinaryContent(photo);
    assertUploadedOnce();
  }

  @Test
  void uploadsNothingAgainThatIsDeletedInWordsAlone() throws Exception {
    lane.with("after", "delete");
    host.lie(Lie.DELETES_NOTHING);
    run();
    Running.patiently().until(() -> !told().isEmpty());
    awaitLater(2);

    mediadrop.stop();
    run();
    awaitLater(3);
    awaitLater(4);
    assertThat(in.resolve("photo.jpg")).hasBinaryContent(photo);
    // one for each start
    assertThat(told()).hasSize(2).allMatch(line -> line.contains("it had deleted it"));
    host.lieNoMore();
    Running.patiently().until(() -> Running.filesIn(in).isEmpty());
    assertUploadedOnce();
    mediadrop.awaitFiled(4);
  }

  @Test
  void takesTheOldNameAwayOnceThatCanBeDone() throws Exception {
    host.lie(Lie.DELETES_NOTHING);
    run();
    Running.patiently().until(() -> !told().isEmpty());
    awaitLater(2);
    awaitLater(3);
    assertThat(Running.filesIn(in.resolve("done"))).doesNotContain("photo~2.jpg");
    host.lieNoMore();
    Running.patiently()
        .until(() -> Running.filesIn(in).stream().allMatch(file -> file.startsWith("done/")));
    assertThat(Running.filesIn(in)).hasSize(3);
    assertThat(in.resolve("done/photo.jpg")).hasBinaryContent(photo);
    assertUploadedOnce();
  }

  @Test
  void waitsForAServerThatShowsLateWhatItHasDone() throws Exception {
    host.lie(Lie.DOES_IT_LATER);
    run();
    awaitLater(2);
    awaitLater(3);
    Running.patiently().until(() -> Running.filesIn(in.resolve("done")).size() == 3);
    Running.patiently().until(() -> Running.filesIn(in).size() == 3);
    assertUploadedOnce();
    assertThat(told()).isEmpty();
  }

  @Test
  void takesNoFileAgainThatIsListedAfterItsEnd() throws Exception {
    lane.with("after", "delete");
    host.lie(Lie.SHOWS_OTHERS_WHAT_IS_GONE);
    run();
    awaitLater(2);
    awaitLater(3);
    Running.patiently().until(() -> Running.filesIn(in).isEmpty());
    awaitLater(4);
    assertUploadedOnce();
    assertThat(log.warnings()).isEmpty();
  }

  @Test
  void deletesNoFileThatTheArchiveHereHasNot() throws Exception {
    lane.with("after", "delete");
    host.lie(Lie.DELETES_NOTHING);
    run();
    Running.patiently().until(() -> !told().isEmpty());
    Path original = mediadrop.archive().resolve(archivedPhoto());
    assertThat(original).hasBinaryContent(photo);
    Files.delete(original);
    host.lieNoMore();
    awaitLater(2);
    awaitLater(3);
    assertThat(in.resolve("photo.jpg")).hasBinaryContent(photo);

    Files.write(original, photo);
    Running.patiently().until(() -> Running.filesIn(in).isEmpty());
    assertUploadedOnce();
  }

  private String archivedPhoto() {
    return Running.filesIn(mediadrop.archive()).stream()
        .filter(file -> file.endsWith("/photo.jpg"))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void uploadsNothingAgainThatIsMissingFromAListing() throws Exception {
    lane.with("after", "keep");
    Path aside = mediadrop.folder("aside");
    run();
    mediadrop.awaitFiled(1);
    awaitLater(2);
    move(in.resolve("photo.jpg"), aside.resolve("photo.jpg"));
    awaitLater(3);
    awaitLater(4);
    move(aside.resolve("photo.jpg"), in.resolve("photo.jpg"));
    awaitLater(5);
    awaitLater(6);
    assertUploadedOnce();
  }

  private static void move(Path from, Path to) throws IOException {
    Files.move(from, to);
  }
}

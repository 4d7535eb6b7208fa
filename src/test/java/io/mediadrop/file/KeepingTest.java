package io.mediadrop.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediadrop.cli.Running;
import io.mediadrop.ledger.Ledger;
import io.mediadrop.media.MediaFiles;
import io.mediadrop.sandbox.FaultScript;
import io.mediadrop.sandbox.Faults;
import io.mediadrop.sandbox.Route;
import io.mediadrop.sandbox.Sandbox;
import io.mediadrop.sandbox.SandboxOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** Uploaded files are kept for 30 days and refused ones for 7. */
class KeepingTest {

  private static final String NOBODY = "(SELECT n FROM endpoints WHERE name = 'notify.nobody')";

  private static final Duration A_DAY = Duration.ofDays(1);

  @TempDir static Path home;
  @TempDir static Path elsewhere;
  private static final FaultScript FAULTS = new FaultScript();
  private static Sandbox sandbox;
  private static Running running;
  private String test;

  @BeforeAll
  static void start() throws Exception {
    sandbox = Sandbox.start(SandboxOptions.defaults().withFaults(FAULTS));
    running =
        Running.on(home)
            .with("mediadrop.archive.keep", "30d")
            .with("mediadrop.failed.keep", "7d")
            .start(sandbox);
  }

  @AfterAll
  static void stop() throws IOException {
    running.close();
    sandbox.close();
  }

  @BeforeEach
  void name(TestInfo info) {
    test = info.getTestMethod().orElseThrow().getName();
  }

  @Test
  void removesWhatIsOldByTheLedgerWithAllThatBelongsToIt() throws Exception {
    Path old = upload("old.jpg");
    Path young = upload("young.jpg");
    write(FileNames.sidecar(old.toString()), "{}");
    write(FileNames.assetsFolder(old.toString()) + "/full.jpg", "bytes");
    write(
        "INSERT INTO assets (drop_id, item, place, size, archived_at)"
            + " SELECT id, 'full', archive_path || '.assets/full.jpg', 5, 1 FROM drops"
            + " WHERE path = '"
            + test
            + "/old.jpg'");
    write(old.resolveSibling("old.xmp").toString(), "edits");
    promise("old.jpg", "old.xmp", 0, "archive_path");
    write(FileNames.item(old.toString(), "thumb"), "{}");
    Files.setLastModifiedTime(young, FileTime.from(Instant.EPOCH));
    age("old.jpg", 31);
    age("young.jpg", 29);
    look();
    awaitGone(old.resolveSibling("old.jpg.media.json"));

    assertThat(Running.filesIn(old.getParent()))
        .containsExactly("young.jpg", "young.jpg.assets.json", "young.jpg.media.json");
    age("young.jpg", 2);
    look();
    Running.patiently().until(() -> !Files.exists(old.getParent()));
  }

  @Test
  void removesRefusedFilesWithTheirReasons() throws Exception {
    Path old = fail("old.jpg");
    Path young = fail("young.jpg");
    write(FileNames.sidecar(old.toString()), "{}");
    write(old.resolveSibling("old.xmp").toString(), "edits");
    promise("old.jpg", "old.xmp", 1, "failed_path");
    age("old.jpg", 8);
    age("young.jpg", 6);
    look();
    awaitGone(old.resolveSibling("old.jpg.reason.txt"));

    assertThat(Running.filesIn(old.getParent()))
        .containsExactly("young.jpg", "young.jpg.reason.txt");
  }

  @Test
  void keepsARefusedFileThatFailedAgainLater() throws Exception {
    Path first = fail("again.jpg");
    age("again.jpg", 8);
    Files.move(first, Files.createDirectories(dropped("again.jpg").getParent()).resolve("x.jpg"));
    Files.delete(dropped("x.jpg"));
    Path second = fail("again.jpg");
    assertThat(second).isEqualTo(first);
    Path marker = fail("marker.jpg");
    age("marker.jpg", 8);
    look();
    awaitGone(marker);

    assertThat(second).exists();
    assertThat(second.resolveSibling("again.jpg.reason.txt")).exists();
  }

  @Test
  void keepsWhatSomebodyIsStillToBeToldOf() throws Exception {
    Path pending = upload("pending.jpg");
    Path dead = upload("dead.jpg");
    Path told = upload("told.jpg");
    owe("pending.jpg", "NULL");
    owe("dead.jpg", "1");
    List.of("pending.jpg", "dead.jpg", "told.jpg").forEach(name -> age(name, 40));
    look();
    awaitGone(told);

    assertThat(pending).exists();
    assertThat(dead).exists();
    write("DELETE FROM outbox WHERE endpoint = " + NOBODY);
    look();
    awaitGone(pending);
    awaitGone(dead);
  }

  @Test
  void leavesFilesThatAPersonHasPutIntoTheArchive() throws Exception {
    Path old = upload("old.jpg");
    Path replaced = upload("replaced.jpg");
    Files.writeString(replaced, "another picture");
    write(old.resolveSibling("notes.txt").toString(), "mine");
    write(FileNames.assetsFolder(old.toString()) + "/cut.psd", "mine");
    age("replaced.jpg", 40);
    age("old.jpg", 39);
    look();
    awaitGone(old.resolveSibling("old.jpg.media.json"));

    assertThat(Running.filesIn(old.getParent()))
        .containsExactly("notes.txt", "old.jpg.assets/cut.psd", "replaced.jpg");
  }

  @Test
  void leavesAPlaceWhereAnotherUploadIsByNow() throws Exception {
    Path old = upload("old.jpg");
    Path another = upload("another.jpg", "beside");
    Path marker = upload("last.jpg", "beside");
    Path receipt = old.resolveSibling("old.jpg.media.json");
    Files.copy(
        another.resolveSibling("another.jpg.media.json"),
        receipt,
        StandardCopyOption.REPLACE_EXISTING);
    age("old.jpg", 40);
    age("last.jpg", "beside", 39);
    look();
    awaitGone(marker);

    assertThat(Running.filesIn(old.getParent()))
        .containsExactly("old.jpg", "old.jpg.assets.json", "old.jpg.media.json");
  }

  @Test
  void doesNotFollowLinks() throws Exception {
    Path moved = upload("moved.jpg");
    Path linked = upload("linked.jpg");
    Path marker = upload("marker.jpg", "beside");
    Path aside = elsewhere.resolve("aside");
    Files.move(moved.getParent(), aside);
    Files.createSymbolicLink(moved.getParent(), aside);
    Files.delete(aside.resolve("linked.jpg"));
    Files.createSymbolicLink(aside.resolve("linked.jpg"), aside.resolve("moved.jpg"));
    age("moved.jpg", 40);
    age("linked.jpg", 40);
    age("marker.jpg", "beside", 39);
    look();
    awaitGone(marker);

    assertThat(Running.filesIn(aside))
        .containsExactly(
            "linked.jpg",
            "linked.jpg.assets.json",
            "linked.jpg.media.json",
            "moved.jpg",
            "moved.jpg.assets.json",
            "moved.jpg.media.json");
    assertThat(linked).exists();
  }

  @Test
  void stillKnowsTheContentAfterwards() throws Exception {
    Path first = upload("first.jpg");
    byte[] content = Files.readAllBytes(first);
    String media = running.json(test + "/first.jpg.media.json").path("mediaId").asText();
    age("first.jpg", 40);
    look();
    awaitGone(first);
    int uploads = sandbox.uploads().size();
    Files.write(dropped("again.jpg"), content);
    Path again = archived("again.jpg", test);

    assertThat(sandbox.uploads()).hasSize(uploads);
    assertThat(running.json(test + "/again.jpg.media.json").path("mediaId").asText())
        .isEqualTo(media);
    age("again.jpg", 40);
    look();
    awaitGone(again);
    Running.patiently()
        .until(() -> count("state = 'DUPLICATE' AND path LIKE '" + test + "/%'") == 0);
  }

  private Path upload(String name) throws Exception {
    return upload(name, test);
  }

  private Path upload(String name, String folder) throws Exception {
    Path file = running.drop().resolve(folder).resolve(name);
    Files.createDirectories(file.getParent());
    MediaFiles.write(file, 1000 + test.hashCode() % 97, (folder + name).hashCode());
    return archived(name, folder);
  }

  private Path archived(String name, String folder) {
    String path = folder + "/" + name;
    Running.patiently()
        .until(
            () ->
                count("state IN ('FILED', 'DUPLICATE') AND path = '" + path + "'") == 1
                    && running.undelivered() == owed());
    String place =
        Running.filesIn(running.archive()).stream()
            .filter(file -> file.endsWith(path))
            .findFirst()
            .orElseThrow();
    return running.archive().resolve(place);
  }

  private Path fail(String name) throws Exception {
    FAULTS.next(Route.INIT, Faults.refuse(400, "INVALID_INPUT"));
    int failed = running.drops("FAILED_MOVED");
    Files.createDirectories(dropped(name).getParent());
    MediaFiles.write(dropped(name), 1000, (test + name + failed).hashCode());
    running.awaitFailed(failed + 1);
    Running.patiently().until(() -> running.undelivered() == owed());
    return running.failed().resolve("default").resolve(test).resolve(name);
  }

  private Path dropped(String name) {
    return running.drop().resolve(test).resolve(name);
  }

  private void promise(String media, String companion, int failed, String beside) {
    write(
        "INSERT INTO companions (drop_id, name, size, modified, failed, place)"
            + " SELECT id, '%1$s', 5, 1, %2$d, replace(%3$s, '%4$s', '%1$s') FROM drops"
                .formatted(companion, failed, beside, media)
            + " WHERE path = '%s/%s'".formatted(test, media));
  }

  private void age(String name, int days) {
    age(name, test, days);
  }

  private static void age(String name, String folder, int days) {
    long time = A_DAY.multipliedBy(days).toMillis();
    write(
        "UPDATE uploads SET uploaded_at = uploaded_at - %1$d, failed_at = failed_at - %1$d WHERE path = '%2$s/%3$s'"
            .formatted(time, folder, name));
    write(
        "UPDATE ended SET failed_at = failed_at - %1$d WHERE path = '%2$s/%3$s'"
            .formatted(time, folder, name));
  }

  /** A subscriber who is not in the settings any more has not heard of the file. */
  private void owe(String name, String deadAt) {
    write("INSERT INTO endpoints (n, name) VALUES (1000, 'notify.nobody') ON CONFLICT DO NOTHING");
    write(
        "INSERT INTO outbox (seq, endpoint, type, subject, at, attempts, dead_at, data)"
            + " SELECT 1000000 + id, %s, 1, id, 1, %s, %s, '{}'"
                .formatted(NOBODY, deadAt.equals("NULL") ? 0 : 1, deadAt)
            + " FROM drops WHERE path = '%s/%s'".formatted(test, name));
  }

  private static int owed() {
    return running
        .bean("ledger", Ledger.class)
        .read(
            handle ->
                handle
                    .createQuery("SELECT COUNT(*) FROM outbox WHERE endpoint = " + NOBODY)
                    .mapTo(Integer.class)
                    .one());
  }

  private static int count(String condition) {
    return running
        .bean("ledger", Ledger.class)
        .read(
            handle ->
                handle
                    .createQuery("SELECT COUNT(*) FROM drops WHERE " + condition)
                    .mapTo(Integer.class)
                    .one());
  }

  private static void write(String sql) {
    running.bean("ledger", Ledger.class).write(handle -> handle.execute(sql));
  }

  private static void write(String file, String content) throws IOException {
    Files.createDirectories(Path.of(file).getParent());
    Files.writeString(Path.of(file), content);
  }

  /** What the schedule does every minute. */
  private static void look() throws Exception {
    running.context().getRouteController().stopRoute("remove-old-files");
    running.context().getRouteController().startRoute("remove-old-files");
  }

  private static void awaitGone(Path file) {
    Running.patiently().until(() -> !Files.exists(file));
  }
}

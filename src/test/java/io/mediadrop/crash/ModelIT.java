package io.mediadrop.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediadrop.cli.Running;
import io.mediadrop.sandbox.Answer;
import io.mediadrop.sandbox.Fault;
import io.mediadrop.sandbox.Faults;
import io.mediadrop.sandbox.Route;
import io.mediadrop.sandbox.Sandbox;
import io.mediadrop.sandbox.SandboxOptions;
import io.mediadrop.sandbox.Upload;
import io.mediadrop.sandbox.When;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A user, an API and a machine that do whatever they like, in an order that a seed chooses. {@code
 * -Dmodel.runs=… -Dmodel.steps=…} set the length; a failure names the command that repeats it.
 */
class ModelIT {

  private static final int RUNS = Integer.getInteger("model.runs", 1);
  private static final int STEPS = Integer.getInteger("model.steps", 50);
  private static final long SEED = Long.getLong("model.seed", 1);
  private static final long PART = 64 * 1024;

  @TempDir Path folder;

  private final List<String> history = Collections.synchronizedList(new ArrayList<>());
  private Random random;
  private String replay;
  private Path home;
  private UserFiles user;
  private Sandbox sandbox;
  private Subscriber subscriber;
  private Child child;

  static List<Long> seeds() {
    return new Random(SEED).longs(RUNS).boxed().map(seed -> RUNS == 1 ? SEED : seed).toList();
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void keepsItsPromiseWhateverHappensInWhateverOrder(long seed) throws Exception {
    replay =
        "mvn -B verify -Dtest=none -Dsurefire.failIfNoSpecifiedTests=false -Dit.test=ModelIT"
            + " -Dmodel.runs=1 -Dmodel.steps=%d -Dmodel.seed=%d".formatted(STEPS, seed);
    random = new Random(seed);
    home = folder.resolve("home");
    user = new UserFiles(home.resolve("drop"), folder.resolve("desk"), random);
    try (Sandbox api = Sandbox.start(SandboxOptions.defaults().withPartSize(PART));
        Subscriber told = new Subscriber()) {
      sandbox = api;
      subscriber = told;
      child = start();
      try {
        for (int step = 0; step < STEPS; step++) {
          step();
        }
        endAllTroubles();
        awaitDrained();
        check();
      } finally {
        child.close();
      }
    }
  }

  private void step() throws Exception {
    switch (random.nextInt(24)) {
      case 0, 1, 2, 3, 4 -> act("drop", user::dropNew);
      case 5 -> act("copy", user::copy);
      case 6 -> act("replace", user::replace);
      case 7 -> act("replace by the same length", user::replaceAlike);
      case 8 -> act("rename", user::rename);
      case 9 -> act("append", user::append);
      case 10 -> act("touch", user::touch);
      case 11 -> act("delete", user::delete);
      case 12 -> act("empty file", user::dropEmpty);
      case 13, 14 -> act("crash", this::crash);
      case 15, 16, 17 -> act("API fault", this::addFault);
      case 18 -> act("API well", () -> sandbox.faults().clear());
      case 19 -> act("expired", () -> sandbox.connection(Sandbox.CONNECTION).expire());
      case 20 -> act("reconnected", () -> sandbox.connection(Sandbox.CONNECTION).reconnect());
      case 21 -> act("sessions forgotten", () -> sandbox.forgetOpenSessions());
      case 22 -> act("archive blocked", this::blockArchive);
      default -> act("drop folder away", this::takeDropFolderAway);
    }
    pass(Duration.ofMillis(random.nextInt(350)));
  }

  private interface Action {
    void run() throws Exception;
  }

  private void act(String name, Action action) throws Exception {
    history.add(name);
    action.run();
  }

  private void pass(Duration time) throws Exception {
    assertThat(child.staysAliveFor(time)).as("is running; %s\n%s", replay, history).isTrue();
  }

  private Child start() throws IOException {
    return Child.on(home)
        .set("mediadrop.lane.concurrency", "4")
        .set("mediadrop.drop.incomplete-after", "1s")
        .set("mediadrop.notify.uri", subscriber.uri())
        .start(sandbox);
  }

  private void crash() throws Exception {
    child.kill();
    assertThat(LedgerInvariants.violations(home)).as("%s\n%s", replay, history).isEmpty();
    child = start();
    pass(Duration.ofMillis(500 + random.nextInt(2500)));
  }

  private void addFault() {
    Fault[] faults = {
      Faults.refuse(503, "NETWORK_ERROR"),
      Faults.page(502),
      Faults.rateLimited(1),
      Faults.refuseUnread(500, "UNKNOWN_ERROR"),
      Faults.cutAfter(random.nextInt(60_000)),
      Faults.resetAfter(random.nextInt(60_000)),
      Faults.answerLost(),
      Faults.answerCut(),
      Faults.answerReplaced(Answer.text(502, "text/html", "<html>")),
      Faults.truncatedJson(),
      Faults.hugeAnswer(2 << 20),
      Faults.closeAfterwards(),
      Faults.slowAnswer(Duration.ofMillis(700)),
    };
    Route[] routes = {Route.INIT, Route.WHOLE, Route.PART, Route.COMPLETE, Route.CHECK};
    When when = When.route(routes[random.nextInt(routes.length)]);
    Fault fault = faults[random.nextInt(faults.length)];
    sandbox
        .faults()
        .on(when.probability(0.1 + 0.4 * random.nextDouble(), random.nextLong()), fault);
  }

  /** A file in the place of the archive's folder: nothing can be put away. */
  private void blockArchive() throws Exception {
    Path lane = home.resolve("archive/default");
    Path aside = home.resolve("archive.aside");
    if (Files.isDirectory(lane)) {
      Files.move(lane, aside);
      Files.createFile(lane);
      pass(Duration.ofMillis(500));
      Files.delete(lane);
      Files.move(aside, lane);
    }
  }

  private void takeDropFolderAway() throws Exception {
    Path drop = home.resolve("drop");
    Path away = home.resolve("drop.away");
    Files.move(drop, away);
    pass(Duration.ofMillis(500));
    Running.patiently()
        .ignoreException(DirectoryNotEmptyException.class)
        .until(() -> removeIfMadeAnew(drop));
    Files.move(away, drop);
  }

  /** A start in the meantime makes the folder anew, and writes its notes there. */
  private boolean removeIfMadeAnew(Path drop) throws Exception {
    if (Files.exists(drop)) {
      try (Stream<Path> inside = Files.list(drop)) {
        for (Path note : inside.toList()) {
          assertThat(note.getFileName().toString())
              .as("made in an empty folder; %s", replay)
              .matches("PAUSED\\.txt|\\.mediadrop-.*");
          Files.deleteIfExists(note);
        }
      }
      Files.deleteIfExists(drop);
    }
    return true;
  }

  private void endAllTroubles() {
    history.add("all is well");
    sandbox.faults().clear();
    sandbox.connection(Sandbox.CONNECTION).reconnect();
  }

  private void awaitDrained() {
    child
        .patiently()
        .atMost(Duration.ofSeconds(90))
        .untilAsserted(
            () -> {
              assertThat(Running.filesIn(home.resolve("drop")))
                  .as("left behind; %s\n%s", replay, history)
                  .isEmpty();
              assertThat(count("drops WHERE state IN ('UPLOADED', 'FAILED')"))
                  .as("not put away; %s", replay)
                  .isZero();
              assertThat(count("outbox")).as("not told; %s", replay).isZero();
            });
  }

  private int count(String of) throws Exception {
    return LedgerInvariants.count(home, "SELECT COUNT(*) FROM " + of);
  }

  private void check() throws Exception {
    String context = context();
    assertThat(LedgerInvariants.violations(home)).as(context).isEmpty();
    checkContents(context);
    checkPapers(context);
    checkEvents(context);
  }

  /** What a failure is to be understood with. */
  private String context() throws Exception {
    String rows =
        "SELECT path || ' ' || size || ' ' || state || ' ' || COALESCE(media_upload_id, '')"
            + " || ' resent ' || resent || ' tainted ' || tainted || ' adopted ' || adopted"
            + " || ' ' || COALESCE(reason, '') FROM drops ORDER BY claimed_at";
    return "%s\n%s\n%s\n%s\n"
        .formatted(
            replay,
            history,
            String.join("\n", LedgerInvariants.texts(home, rows)),
            sandbox.uploads().stream()
                .map(u -> u.name() + " " + u.mediaUploadId() + " " + u.sha256())
                .toList());
  }

  private void checkContents(String context) throws Exception {
    List<String> tainted =
        LedgerInvariants.texts(home, "SELECT media_upload_id FROM drops WHERE tainted = 1");
    List<Upload> good =
        sandbox.uploads().stream()
            .filter(upload -> !tainted.contains(upload.mediaUploadId()))
            .toList();
    List<String> stored = good.stream().map(Upload::sha256).toList();
    assertThat(user.all()).as("nobody dropped this; %s", context).containsAll(stored);
    for (Upload upload : good) {
      assertThat(Collections.frequency(stored, upload.sha256()))
          .as("%s is stored too often; %s", upload.name(), context)
          .isLessThanOrEqualTo(1 + doublesCounted(upload.size()));
    }

    List<String> kept = hashes("archive", name -> !name.endsWith(".json"));
    List<String> failed = hashes("failed", name -> !name.endsWith(".reason.txt"));
    List<String> reached = new ArrayList<>(stored);
    reached.addAll(failed);
    assertThat(reached).as("lost; %s", context).containsAll(user.owed());
    List<String> onDisk = new ArrayList<>(kept);
    onDisk.addAll(failed);
    assertThat(onDisk).as("original lost; %s", context).containsAll(user.owed());
    assertThat(stored).as("archived, but not stored; %s", context).containsAll(kept);
  }

  /** How many contents of this length the ledger itself says may have been stored once more. */
  private int doublesCounted(long size) throws Exception {
    return LedgerInvariants.count(
            home, "SELECT COALESCE(SUM(resent), 0) FROM drops WHERE size = " + size)
        + count("drops WHERE state = 'GONE' AND reason = 'outcome unknown' AND size = " + size);
  }

  /** Every original has its receipt and assets, every refused file its reason. */
  private void checkPapers(String context) {
    for (String name : Running.filesIn(home.resolve("failed"))) {
      if (!name.endsWith(".reason.txt")) {
        assertThat(home.resolve("failed").resolve(name + ".reason.txt")).as(context).exists();
      }
    }
    for (String name : Running.filesIn(home.resolve("archive"))) {
      if (!name.endsWith(".json")) {
        assertThat(home.resolve("archive").resolve(name + ".media.json")).as(context).exists();
        assertThat(home.resolve("archive").resolve(name + ".assets.json")).as(context).exists();
      }
    }
  }

  /** Each upload and each refused file is told under one id, however often. */
  private void checkEvents(String context) throws Exception {
    for (String path : LedgerInvariants.texts(home, "SELECT DISTINCT path FROM drops")) {
      assertThat(subscriber.eventsOf(path))
          .as("events of %s; %s", path, context)
          .hasSize(
              count(
                  "drops WHERE state IN ('FILED', 'DUPLICATE', 'FAILED_MOVED') AND path = '"
                      + path
                      + "'"));
    }
  }

  private List<String> hashes(String of, Predicate<String> wanted) {
    return Running.filesIn(home.resolve(of)).stream()
        .filter(wanted)
        .map(name -> UserFiles.hash(home.resolve(of).resolve(name)))
        .toList();
  }
}

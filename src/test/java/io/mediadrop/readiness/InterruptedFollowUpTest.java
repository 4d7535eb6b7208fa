package io.mediadrop.readiness;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediadrop.cli.LogLines;
import io.mediadrop.cli.Running;
import io.mediadrop.kit.Mediadrop;
import io.mediadrop.ledger.LedgerDatabase;
import io.mediadrop.notify.WebhookEndpoint;
import io.mediadrop.sandbox.Call;
import io.mediadrop.sandbox.Due;
import io.mediadrop.sandbox.Faults;
import io.mediadrop.sandbox.MediaBehaviour;
import io.mediadrop.sandbox.Permission;
import io.mediadrop.sandbox.Route;
import io.mediadrop.sandbox.Sandbox;
import io.mediadrop.sandbox.SandboxOptions;
import io.mediadrop.sandbox.When;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Follow-ups for which something is in the way. */
class InterruptedFollowUpTest {

  private static final Set<Route> QUESTIONS = Set.of(Route.CHECK, Route.VAULT_MEDIA);
  private static final MediaBehaviour NEVER = MediaBehaviour.atOnce().ready(Due.never());
  private static final MediaBehaviour ABSENT =
      MediaBehaviour.atOnce().present(Due.never()).findable(Due.never());

  @RegisterExtension final Mediadrop mediadrop = new Mediadrop();
  private Sandbox sandbox;
  private final WebhookEndpoint webhook = mediadrop.webhook();
  private final LogLines log = mediadrop.log();

  private Mediadrop builder() {
    return mediadrop.impatiently().with("mediadrop.ready.give-up-after", "2s");
  }

  private void run(SandboxOptions options) throws Exception {
    sandbox = mediadrop.sandbox(options);
    run(builder());
  }

  private void run(Mediadrop configured) throws Exception {
    configured.start();
    Waits.shorten(configured.context());
  }

  private void drop(String name) {
    mediadrop.put(name, 10_000, name.hashCode());
  }

  private void awaitTypes(String... types) {
    Running.patiently()
        .untilAsserted(() -> assertThat(webhook.types()).containsExactlyInAnyOrder(types));
  }

  private List<Call> questions() {
    return sandbox.calls().stream().filter(call -> QUESTIONS.contains(call.route())).toList();
  }

  private int awaited() {
    return mediadrop
        .bean("ledgerDatabase", LedgerDatabase.class)
        .read(
            handle ->
                handle
                    .createQuery("SELECT COUNT(*) FROM awaited_media")
                    .mapTo(Integer.class)
                    .one());
  }

  @Test
  void pausesTheConnectionWhenItsSessionHasExpiredAndGoesOnAfterwards() throws Exception {
    run(SandboxOptions.defaults().withMedia(MediaBehaviour.atOnce().ready(Due.afterPolls(3))));
    sandbox.faults().on(When.route(Route.CHECK), Faults.refuse(401, "SESSION_EXPIRED"));
    drop("a.jpg");
    awaitTypes("media.uploaded", "lane.paused");
    assertThat(mediadrop.drop().resolve("PAUSED.txt")).content().contains("log in again");
    int before = questions().size();
    // the probes of the pause, and nothing else
    Running.patiently().until(() -> questions().size() >= before + 3);
    assertThat(questions()).extracting(Call::route).containsOnly(Route.CHECK);
    assertThat(awaited()).isEqualTo(1);

    sandbox.faults().clear();
    awaitTypes("media.uploaded", "lane.paused", "lane.resumed", "media.ready");
  }

  @Test
  void pausesNothingWhenTheVaultMayNotBeListed() throws Exception {
    run(SandboxOptions.defaults().withMedia(ABSENT));
    sandbox.connection(Sandbox.CONNECTION).allow(Permission.WRITE);
    drop("a.jpg");
    awaitTypes("media.uploaded", "media.failed");

    assertThat(questions()).extracting(Call::route).containsOnlyOnce(Route.VAULT_MEDIA);
    assertThat(log.warningsWith("cannot list the vault")).hasSize(1);
    assertThat(mediadrop.drop().resolve("PAUSED.txt")).doesNotExist();
  }

  @Test
  void comesAfterEveryUploadOfTheConnection() throws Exception {
    sandbox = mediadrop.sandbox(SandboxOptions.defaults().withMedia(NEVER));
    run(
        builder()
            .with("mediadrop.lane.concurrency", "10")
            .with("mediadrop.rate.per-minute", "300")
            .with("mediadrop.rate.burst", "8"));
    for (int i = 0; i < 7; i++) {
      drop(i + ".jpg");
    }
    Running.patiently().until(() -> !questions().isEmpty());

    assertThat(sandbox.uploads()).hasSize(7);
    assertThat(sandbox.calls().stream().map(Call::route).takeWhile(r -> !QUESTIONS.contains(r)))
        .hasSize(14);
  }

  @Test
  void takesUpAgainWhatTheApiCouldNotAnswer() throws Exception {
    run(SandboxOptions.defaults().withMedia(MediaBehaviour.atOnce().ready(Due.afterPolls(2))));
    sandbox.faults().next(Route.CHECK, Faults.refuse(503, ""));
    sandbox.faults().on(When.route(Route.CHECK).call(2), Faults.refuse(429, "RATE_LIMIT_EXCEEDED"));
    drop("a.jpg");
    awaitTypes("media.uploaded", "media.ready");

    assertThat(log.warningsWith("is asked for its media later")).hasSize(2);
    assertThat(mediadrop.drop().resolve("PAUSED.txt")).doesNotExist();
  }

  @Test
  void waitsForItsLaneToHaveTheConnectionAgain() throws Exception {
    sandbox =
        mediadrop.sandbox(
            SandboxOptions.defaults()
                .withConnection(Sandbox.KEY, Sandbox.CONNECTION)
                .withConnection(Sandbox.KEY, "conn_other")
                .withMedia(MediaBehaviour.atOnce().ready(Due.afterPolls(2))));
    run(builder().with("mediadrop.ready.give-up-after", "24h"));
    sandbox.faults().on(When.route(Route.CHECK), Faults.refuse(503, ""));
    drop("a.jpg");
    awaitTypes("media.uploaded");
    mediadrop.stop();
    sandbox.faults().clear();
    run(builder().with("mediadrop.api.connection-id", "conn_other"));
    drop("b.jpg");
    awaitTypes("media.uploaded", "media.uploaded", "media.ready");
    assertThat(awaited()).isEqualTo(1);
    assertThat(webhook.messages().get(2).data().path("file").asText()).isEqualTo("b.jpg");
    mediadrop.stop();

    mediadrop.without("mediadrop.api.connection-id");
    run(builder());
    awaitTypes("media.uploaded", "media.uploaded", "media.ready", "media.ready");
  }

  @Test
  void doesNotGuessBetweenTwoMediaThatMayBeMeant() throws Exception {
    run(
        SandboxOptions.defaults()
            .withMedia(MediaBehaviour.atOnce().present(Due.afterPolls(1)).findable(Due.never())));
    drop("a.jpg");
    drop("b.jpg");
    awaitTypes("media.uploaded", "media.uploaded", "media.failed", "media.failed");
  }

  @Test
  void isLeftOutWhereItIsTurnedOff() throws Exception {
    sandbox = mediadrop.sandbox(SandboxOptions.defaults().withMedia(NEVER));
    run(builder().with("mediadrop.ready.give-up-after", "0s"));
    drop("a.jpg");
    awaitTypes("media.uploaded");
    mediadrop.awaitFiled(1);

    assertThat(awaited()).isZero();
  }
}

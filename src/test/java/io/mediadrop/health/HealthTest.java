package io.mediadrop.health;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.mediadrop.cli.Running;
import io.mediadrop.kit.Mediadrop;
import io.mediadrop.kit.WrittenLanes;
import io.mediadrop.lane.Lanes;
import io.mediadrop.ledger.DeadLedger;
import io.mediadrop.ledger.LedgerDatabase;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckHelper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a mediadrop tells machines that ask whether all is well. */
class HealthTest {

  @RegisterExtension final Mediadrop mediadrop = new Mediadrop().impatiently();
  private final HealthAnswers health = HealthAnswers.of(mediadrop);

  @Test
  void isUpWithAWordFromEachCheckWhenAllIsWell() throws Exception {
    mediadrop.start();
    mediadrop.put("a.jpg", 5_000);
    mediadrop.awaitFiled(1);

    JsonNode all = health.all();
    assertThat(all.path("status").asText()).isEqualTo("UP");
    assertThat(all.path("checks"))
        .extracting(check -> check.path("name").asText())
        .containsExactly("api", "disk", "intake", "lanes", "ledger", "outbox", "process");
    assertThat(all.path("checks"))
        .allSatisfy(
            check -> {
              assertThat(check.path("status").asText()).isEqualTo("UP");
              assertThat(check.path("says").asText()).isNotBlank();
              assertThat(check.path("details").toString()).doesNotContain("check.", "invocation");
            });
  }

  @Test
  void asksForAnotherStartOnceNothingCanBeRecordedAnyMore() throws Exception {
    mediadrop.with("mediadrop.shutdown.timeout", "1s").start();
    assertThat(health.status("live")).isEqualTo("UP");

    DeadLedger.kill(mediadrop.bean("ledgerDatabase", LedgerDatabase.class));

    Running.patiently().until(() -> health.status("live").equals("DOWN"));
    assertThat(health.status("ready")).isEqualTo("DOWN");
    assertThat(health.said("process")).contains("start mediadrop again", "nothing is lost");
  }

  @Test
  void namesEachLaneThatRestsAndNoOther() throws Exception {
    WrittenLanes lanes = mediadrop.lanes();
    lanes.add("alice", mediadrop.folder("alice"));
    lanes.add("bob", mediadrop.folder("bob"));
    mediadrop.start();
    mediadrop
        .bean("lanes", Lanes.class)
        .byName("bob")
        .pause()
        .begin("The session has expired.", "Let bob log in again.", () -> {});

    Running.patiently().until(() -> health.said("lanes").contains("1 of 2 lanes does not upload"));
    assertThat(health.said("lanes"))
        .contains("\"name\":\"bob\"", "\"state\":\"paused\"", "Let bob log in again.")
        .doesNotContain("alice");
    assertThat(health.down()).isFalse();
  }

  /** What an application asks with, such as Spring Boot's Actuator, asks Camel's registry. */
  @Test
  void standsAmongCamelsOwnChecks() throws Exception {
    mediadrop.start();

    assertThat(HealthCheckHelper.invokeReadiness(mediadrop.context(), "full"))
        .extracting(result -> result.getCheck().getId())
        .contains("mediadrop-ledger", "mediadrop-disk", "mediadrop-intake", "mediadrop-lanes");
    assertThat(HealthCheckHelper.invokeLiveness(mediadrop.context(), "full"))
        .filteredOn(result -> result.getCheck().getId().equals("mediadrop-process"))
        .extracting(HealthCheck.Result::getState)
        .containsExactly(HealthCheck.State.UP);
  }
}

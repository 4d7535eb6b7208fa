package io.mediadrop.health;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.mediadrop.api.UploadApi;
import io.mediadrop.file.Home;
import io.mediadrop.lane.Intake;
import io.mediadrop.lanefile.LaneFiles;
import io.mediadrop.ledger.LedgerDatabase;
import io.mediadrop.notify.Outbox;
import java.time.Clock;
import java.util.List;
import java.util.function.Predicate;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelContextAware;
import org.apache.camel.Message;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckRegistry;

/**
 * Answers machines that ask whether all is well. The checks stand in Camel's registry, where what
 * an application asks with finds them too; those of others are not asked here.
 */
public class HealthChecks implements CamelContextAware {

  private CamelContext camelContext;
  private HealthCheckRegistry registry;
  private Home home;
  private Intake intake;
  private LedgerDatabase database;
  private LaneFiles laneFiles;
  private UploadApi api;
  private Outbox outbox;
  private ObjectMapper json;

  /** Puts the checks into the registry. */
  public void open() {
    registry = HealthCheckRegistry.get(camelContext);
    LedgerCheck ledger = new LedgerCheck(database, intake);
    List.of(
            Check.ofProcess("process", ledger::ofProcess),
            Check.ofWork("ledger", ledger::ofWork),
            Check.ofWork("disk", new DiskCheck(home, intake)::look),
            Check.ofWork("intake", new IntakeCheck(intake)::look),
            Check.ofWork("lanes", new LanesCheck(laneFiles)::look),
            Check.ofWork("api", new ApiCheck(api)::look),
            Check.ofWork("outbox", new OutboxCheck(outbox, Clock.systemUTC())::look))
        .forEach(registry::register);
  }

  /** Answers with all checks. */
  public void all(Message message) {
    answer(message, check -> true);
  }

  /** Answers whether the process has to be started again. */
  public void live(Message message) {
    answer(message, HealthCheck::isLiveness);
  }

  /** Answers whether files are taken. */
  public void ready(Message message) {
    answer(message, HealthCheck::isReadiness);
  }

  private void answer(Message message, Predicate<HealthCheck> which) {
    HealthAnswer.of(
            registry.stream()
                .filter(check -> Check.GROUP.equals(check.getGroup()))
                .filter(which)
                .map(HealthCheck::call))
        .writeTo(message, json);
  }

  public void setHome(Home home) {
    this.home = home;
  }

  public void setIntake(Intake intake) {
    this.intake = intake;
  }

  public void setDatabase(LedgerDatabase database) {
    this.database = database;
  }

  public void setLaneFiles(LaneFiles laneFiles) {
    this.laneFiles = laneFiles;
  }

  public void setApi(UploadApi api) {
    this.api = api;
  }

  public void setOutbox(Outbox outbox) {
    this.outbox = outbox;
  }

  public void setJson(ObjectMapper json) {
    this.json = json;
  }

  @Override
  public CamelContext getCamelContext() {
    return camelContext;
  }

  @Override
  public void setCamelContext(CamelContext camelContext) {
    this.camelContext = camelContext;
  }
}

package io.mediadrop.metrics;

import io.mediadrop.api.UploadApi;
import io.mediadrop.api.pace.RateLimits;
import io.mediadrop.file.Home;
import io.mediadrop.lane.Intake;
import io.mediadrop.lane.Lanes;
import io.mediadrop.lanefile.LaneFiles;
import io.mediadrop.ledger.Ledger;
import io.mediadrop.ledger.LedgerDatabase;
import io.mediadrop.notify.Outbox;
import io.mediadrop.upkeep.Upkeep;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/**
 * Answers a monitoring system that asks for all counts, in the text format of Prometheus. There are
 * no meters before it asks for the first time: what is counted is counted by those who do it.
 */
public class Metrics {

  private static final String TEXT_FORMAT = "text/plain; version=0.0.4; charset=utf-8";

  private PrometheusMeterRegistry registry;
  private List<ChangingMeters> changing;
  private Home home;
  private Intake intake;
  private Lanes lanes;
  private LaneFiles laneFiles;
  private Ledger ledger;
  private LedgerDatabase database;
  private Upkeep upkeep;
  private UploadApi api;
  private RateLimits rateLimits;
  private Outbox outbox;

  /** Answers with all counts as they are now. */
  public void scrape(Message message) {
    message.setHeader(Exchange.CONTENT_TYPE, TEXT_FORMAT);
    message.setBody(text().getBytes(StandardCharsets.UTF_8));
  }

  private synchronized String text() {
    if (registry == null) {
      begin();
    }
    changing.forEach(ChangingMeters::look);
    return registry.scrape();
  }

  private void begin() {
    registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    new ProcessMeters().bindTo(registry);
    new StandingMeters(home, intake, ledger, database).bindTo(registry);
    changing =
        List.of(
            new LaneMeters(registry, lanes, laneFiles, ledger, upkeep, rateLimits),
            new CallMeters(registry, api.calls()),
            new OutboxMeters(registry, outbox));
  }

  public void setHome(Home home) {
    this.home = home;
  }

  public void setIntake(Intake intake) {
    this.intake = intake;
  }

  public void setLanes(Lanes lanes) {
    this.lanes = lanes;
  }

  public void setLaneFiles(LaneFiles laneFiles) {
    this.laneFiles = laneFiles;
  }

  public void setLedger(Ledger ledger) {
    this.ledger = ledger;
  }

  public void setDatabase(LedgerDatabase database) {
    this.database = database;
  }

  public void setUpkeep(Upkeep upkeep) {
    this.upkeep = upkeep;
  }

  public void setApi(UploadApi api) {
    this.api = api;
  }

  public void setRateLimits(RateLimits rateLimits) {
    this.rateLimits = rateLimits;
  }

  public void setOutbox(Outbox outbox) {
    this.outbox = outbox;
  }
}

package io.mediadrop.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediadrop.cli.Running;
import io.mediadrop.console.Caller;
import io.mediadrop.kit.Mediadrop;
import io.mediadrop.kit.WrittenLanes;
import io.mediadrop.sandbox.Faults;
import io.mediadrop.sandbox.Route;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a monitoring system is told. */
class MetricsTest {

  @RegisterExtension final Mediadrop mediadrop = new Mediadrop().impatiently();
  private Caller caller;

  @BeforeEach
  void givePort() throws Exception {
    caller = Caller.of(mediadrop);
  }

  @Test
  void countsWhatBecameOfEachLanesFiles() throws Exception {
    mediadrop.start();
    mediadrop.put("a.jpg", 5_000, 1);
    mediadrop.awaitFiled(1);
    mediadrop.put("again.jpg", 5_000, 1);
    Files.writeString(mediadrop.drop().resolve("bad.txt"), "no media");
    mediadrop.awaitFailed(1);
    Running.patiently().until(() -> mediadrop.drops("DUPLICATE") == 1);

    Scrape scrape = scrape();
    assertThat(uploads(scrape, "uploaded")).isOne();
    assertThat(uploads(scrape, "duplicate")).isOne();
    assertThat(uploads(scrape, "failed")).isOne();
    assertThat(scrape.value("mediadrop_upload_bytes_total", "lane", "default")).isEqualTo(5_000);
    assertThat(calls(scrape, "init", "201") + calls(scrape, "init", "200")).isOne();
    assertThat(scrape.value("mediadrop_intake_open")).isOne();
    assertThat(scrape.value("mediadrop_lane_takes_files", "lane", "default")).isOne();
  }

  @Test
  void tellsHowLongUploadsAndCommitsTakeFromTheFirstQuestionOn() throws Exception {
    mediadrop.start();
    assertThat(scrape().value("mediadrop_drop_to_uploaded_seconds_count")).isZero();

    mediadrop.put("a.jpg", 5_000, 1);
    mediadrop.awaitFiled(1);

    Scrape scrape = scrape();
    assertThat(scrape.value("mediadrop_drop_to_uploaded_seconds_count")).isOne();
    assertThat(scrape.value("mediadrop_drop_to_uploaded_seconds_sum")).isBetween(0.2, 60.0);
    assertThat(scrape.value("mediadrop_drop_to_uploaded_seconds_bucket", "le", "86400.0")).isOne();
    assertThat(scrape.value("mediadrop_ledger_commit_seconds_count")).isPositive();
    assertThat(scrape.value("mediadrop_disk_free_bytes")).isGreaterThan(1 << 20);
  }

  @Test
  void countsCallsThatAreRefusedAndFilesThatWait() throws Exception {
    mediadrop
        .with("mediadrop.rate.per-minute", "60")
        .with("mediadrop.retry.max-wait", "5m")
        .start();
    for (int n = 0; n < 20; n++) {
      mediadrop.sandbox().faults().next(Route.INIT, Faults.unavailable(60));
    }
    mediadrop.put("a.jpg", 5_000, 1);

    Running.patiently()
        .untilAsserted(
            () -> assertThat(scrape().value("mediadrop_files_waiting", "lane", "default")).isOne());
    Scrape scrape = scrape();
    assertThat(calls(scrape, "init", "503")).isPositive();
    assertThat(scrape.value("mediadrop_files_in_folder", "lane", "default")).isOne();
    assertThat(scrape.value("mediadrop_api_calls_left", "lane", "default")).isBetween(1.0, 90.0);
  }

  @Test
  void tellsWhatAnEndpointDoesNotTake() throws Exception {
    mediadrop.webhook().answering(503);
    mediadrop.start();
    mediadrop.put("a.jpg", 5_000);

    Running.patiently()
        .untilAsserted(
            () ->
                assertThat(
                        scrape().value("mediadrop_outbox_messages", "endpoint", "notify.default"))
                    .isOne());
    assertThat(scrape().value("mediadrop_outbox_age_seconds", "endpoint", "notify.default"))
        .isBetween(0.0, 60.0);
  }

  @Test
  void forgetsALaneThatHasGone() throws Exception {
    WrittenLanes lanes = mediadrop.lanes();
    lanes.add("alice", mediadrop.folder("alice"));
    lanes.add("bob", mediadrop.folder("bob"));
    mediadrop.start();
    assertThat(lanesIn(scrape())).containsExactlyInAnyOrder("alice", "bob");

    lanes.remove("bob");
    Running.patiently().until(() -> lanesIn(scrape()).equals(Set.of("alice")));
    lanes.write("carol", "- templatedRoute: nothing\n");
    Running.patiently().until(() -> lanesIn(scrape()).equals(Set.of("alice", "carol")));
    assertThat(scrape().value("mediadrop_lane_takes_files", "lane", "carol")).isZero();
  }

  @Test
  void keepsTheRulesOfPrometheus() throws Exception {
    mediadrop.start();
    mediadrop.put("a.jpg", 5_000);
    mediadrop.awaitFiled(1);
    Scrape scrape = scrape();

    scrape
        .types()
        .forEach(
            (name, type) -> {
              assertThat(name).matches("(mediadrop|jvm|process|system)_[a-z0-9_]+");
              assertThat(name.endsWith("_total")).as(name).isEqualTo(type.equals("counter"));
              assertThat(name).doesNotContain("_milliseconds", "_ms_", "_ns_", "_kb", "_mb");
              assertThat(name).doesNotMatch(".*_(count|sum|bucket)");
            });
    assertThat(scrape.samples())
        .allSatisfy(
            sample -> {
              assertThat(scrape.types()).containsKey(family(sample.name(), scrape.types()));
              assertThat(sample.labels().containsKey("le"))
                  .isEqualTo(sample.name().endsWith("_bucket"));
            });
    assertThat(scrape.samples()).doesNotHaveDuplicates();
    assertThat(scrape.text()).doesNotContain("a.jpg");
  }

  /** As many as an agency has, each with a connection of its own. */
  @Test
  void makesFewSeriesOfManyLanes() throws Exception {
    WrittenLanes lanes = mediadrop.lanes();
    for (int n = 0; n < 60; n++) {
      lanes.add("lane" + n, mediadrop.folder("lane" + n));
    }
    mediadrop.start();

    Scrape scrape = scrape();
    long perLane = scrape.samples().stream().filter(of("lane7")).count();
    long others = scrape.samples().size() - 60 * perLane;
    assertThat(perLane).isBetween(5L, 10L);
    assertThat(300 * perLane + others).isLessThan(10_000);
  }

  private static Predicate<Scrape.Sample> of(String lane) {
    return sample -> lane.equals(sample.labels().get("lane"));
  }

  private static String family(String sample, Map<String, String> types) {
    return List.of("_bucket", "_count", "_sum").stream()
        .filter(sample::endsWith)
        .map(end -> sample.substring(0, sample.length() - end.length()))
        .filter(types::containsKey)
        .findFirst()
        .orElse(sample);
  }

  private static Set<String> lanesIn(Scrape scrape) {
    return scrape.samples().stream()
        .filter(sample -> sample.labels().containsKey("lane"))
        .map(sample -> sample.labels().get("lane"))
        .collect(Collectors.toSet());
  }

  private static double uploads(Scrape scrape, String outcome) {
    return scrape.value("mediadrop_uploads_total", "lane", "default", "outcome", outcome);
  }

  private static double calls(Scrape scrape, String route, String status) {
    return scrape.samples().stream()
        .filter(sample -> sample.name().equals("mediadrop_api_calls_total"))
        .filter(sample -> sample.labels().equals(Map.of("route", route, "status", status)))
        .mapToDouble(Scrape.Sample::value)
        .sum();
  }

  private Scrape scrape() throws Exception {
    return Scrape.of(caller);
  }
}

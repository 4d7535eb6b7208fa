package io.mediadrop.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediadrop.console.Caller;
import io.mediadrop.kit.Mediadrop;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What Prometheus' own tool says of the metrics and of the alert rules. */
@Tag("troubles")
class PromtoolIT {

  @RegisterExtension final Mediadrop mediadrop = new Mediadrop();

  @Test
  void findsNothingWrongWithTheMetrics() throws Exception {
    Caller caller = Caller.of(mediadrop);
    mediadrop.start();
    Scrape.of(caller);
    mediadrop.put("a.jpg", 5_000);
    mediadrop.awaitFiled(1);
    Path scrape = mediadrop.folder("scrapes").resolve("metrics.txt");
    Files.writeString(scrape, Scrape.of(caller).text());

    assertThat(said(scrape, "check", "metrics")).isEmpty();
  }

  @Test
  void takesTheAlertRules() throws Exception {
    Path rules = Path.of("docs/operations/alerts.yaml");

    assertThat(said(rules, "check", "rules", rules.toString())).contains("SUCCESS: 10 rules found");
  }

  private static String said(Path input, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("promtool"));
    command.addAll(List.of(arguments));
    Process promtool =
        new ProcessBuilder(command).redirectInput(input.toFile()).redirectErrorStream(true).start();
    String said = new String(promtool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(promtool.waitFor()).as(said).isZero();
    return said;
  }
}

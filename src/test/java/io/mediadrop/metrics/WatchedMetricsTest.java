package io.mediadrop.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mediadrop.console.Caller;
import io.mediadrop.kit.Mediadrop;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The dashboard, the alerts and the documentation ask for what there is, and for nothing else. */
class WatchedMetricsTest {

  private static final Path FOLDER = Path.of("docs/operations");

  /** What Prometheus itself knows of whom it asks. */
  private static final Set<String> OF_PROMETHEUS = Set.of("up");

  private static final Set<String> LABELS_OF_PROMETHEUS = Set.of("job", "instance");

  private static final Set<String> WORDS =
      Set.of("by", "on", "and", "or", "unless", "bool", "without", "ignoring");

  private static final Pattern SELECTOR =
      Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)\\s*\\{([^}]*)}");
  private static final Pattern MATCHER =
      Pattern.compile("([a-zA-Z_]\\w*)\\s*(?:=~|!~|!=|=)\"[^\"]*\"");
  private static final Pattern GROUPING = Pattern.compile("\\b(by|on)\\s*\\(([^)]*)\\)");
  private static final Pattern NAME =
      Pattern.compile("[a-zA-Z_:][a-zA-Z0-9_:]*(?![a-zA-Z0-9_:]|\\s*\\()");

  @RegisterExtension final Mediadrop mediadrop = new Mediadrop();

  private Map<String, Set<String>> labels;

  @BeforeEach
  void scrape() throws Exception {
    Caller caller = Caller.of(mediadrop);
    mediadrop.start();
    Scrape.of(caller);
    mediadrop.put("a.jpg", 5_000);
    mediadrop.awaitFiled(1);
    labels =
        Scrape.of(caller).samples().stream()
            .collect(
                Collectors.toMap(
                    Scrape.Sample::name,
                    sample -> new TreeSet<>(sample.labels().keySet()),
                    (one, other) -> {
                      one.addAll(other);
                      return one;
                    }));
  }

  @Test
  void areAskedForByTheDashboardAsTheyAre() throws Exception {
    JsonNode dashboard = new ObjectMapper().readTree(FOLDER.resolve("dashboard.json").toFile());
    List<String> queries = dashboard.findValuesAsText("expr");

    assertThat(queries).hasSizeGreaterThan(15).allSatisfy(this::asksForWhatThereIs);
    assertThat(dashboard.path("panels").findValuesAsText("id")).doesNotHaveDuplicates();
    assertThat(dashboard.path("templating").findValuesAsText("definition"))
        .filteredOn(query -> !query.isEmpty())
        .isNotEmpty()
        .allSatisfy(
            query ->
                assertThat(labels)
                    .containsKey(query.replaceFirst("label_values\\((\\w+), \\w+\\)", "$1")));
  }

  @Test
  void areAskedForByTheAlertsAsTheyAre() throws Exception {
    List<Map<?, ?>> rules = rules();

    assertThat(rules)
        .hasSizeGreaterThan(5)
        .allSatisfy(
            rule -> {
              asksForWhatThereIs(rule.get("expr").toString());
              assertThat(((Map<?, ?>) rule.get("annotations")).keySet().toString())
                  .contains("summary", "remedy");
            });
    assertThat(rules).extracting(rule -> rule.get("alert")).doesNotHaveDuplicates();
  }

  @Test
  void standInTheDocumentation() throws IOException {
    String page = Files.readString(Path.of("docs/operations.md"));
    Set<String> told =
        Pattern.compile("`(mediadrop_\\w+)`")
            .matcher(page)
            .results()
            .map(name -> name.group(1))
            .collect(Collectors.toCollection(TreeSet::new));

    assertThat(told)
        .containsExactlyElementsOf(
            labels.keySet().stream()
                .filter(name -> name.startsWith("mediadrop_"))
                .map(name -> name.replaceFirst("_seconds_(bucket|count|sum|max)$", "_seconds"))
                .collect(Collectors.toCollection(TreeSet::new)));
  }

  private static List<Map<?, ?>> rules() throws IOException {
    Map<?, ?> file =
        (Map<?, ?>)
            new Load(LoadSettings.builder().build())
                .loadFromString(Files.readString(FOLDER.resolve("alerts.yaml")));
    List<Map<?, ?>> rules = new ArrayList<>();
    for (Object group : (List<?>) file.get("groups")) {
      for (Object rule : (List<?>) ((Map<?, ?>) group).get("rules")) {
        rules.add((Map<?, ?>) rule);
      }
    }
    return rules;
  }

  private void asksForWhatThereIs(String query) {
    Matcher selector = SELECTOR.matcher(query);
    while (selector.find()) {
      String metric = selector.group(1);
      MATCHER
          .matcher(selector.group(2))
          .results()
          .forEach(label -> assertThat(labelsOf(metric)).as(query).contains(label.group(1)));
    }
    Set<String> metrics = metricsIn(query);
    assertThat(metrics).as(query).isNotEmpty();
    Matcher grouping = GROUPING.matcher(query);
    while (grouping.find()) {
      for (String label : grouping.group(2).split("[\\s,]+")) {
        assertThat(metrics).as(query).anyMatch(metric -> labelsOf(metric).contains(label));
      }
    }
  }

  private Set<String> labelsOf(String metric) {
    Set<String> all = new TreeSet<>(LABELS_OF_PROMETHEUS);
    all.addAll(labels.getOrDefault(metric, Set.of()));
    return all;
  }

  /** Names that are no functions, words of the language, labels, strings or times. */
  private Set<String> metricsIn(String query) {
    String bare =
        GROUPING.matcher(query.replaceAll("\\{[^}]*}|\\[[^]]*]|\"[^\"]*\"", " ")).replaceAll(" ");
    Set<String> metrics =
        NAME.matcher(bare)
            .results()
            .map(name -> name.group())
            .filter(name -> !WORDS.contains(name))
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(metrics)
        .as(query)
        .allMatch(metric -> labels.containsKey(metric) || OF_PROMETHEUS.contains(metric));
    return metrics;
  }
}

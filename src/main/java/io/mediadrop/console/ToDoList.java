package io.mediadrop.console;

import io.mediadrop.base.Printable;
import io.mediadrop.lane.Intake;
import io.mediadrop.lanefile.LaneReport.Entry;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.health.HealthCheck.Result;
import org.apache.camel.health.HealthCheck.State;
import org.apache.camel.health.HealthCheckRegistry;

/** What a person should see to, from what the lanes and the checks of the health say. */
final class ToDoList {

  private static final String GROUP = "mediadrop";

  private final CamelContext context;
  private final Intake intake;

  ToDoList(CamelContext context, Intake intake) {
    this.context = context;
    this.intake = intake;
  }

  /**
   * All of it, what is urgent first.
   *
   * @param refused how many refused files wait for somebody
   */
  List<ToDo> of(List<Entry> lanes, int refused) {
    List<ToDo> all = new ArrayList<>();
    intake.troubles().values().stream().sorted().forEach(trouble -> addStop(trouble, all));
    Map<String, Result> checks = checks();
    checks.forEach((name, result) -> addCheck(name, result, all));
    lanes.stream().filter(lane -> !lane.works()).map(ToDoList::of).forEach(all::add);
    if (refused > 0) {
      all.add(ToDo.later("refused files", refused + " to be looked at and tried again, see below"));
    }
    endpoints(checks.get("outbox")).forEach(all::add);
    return Stream.concat(
            all.stream().filter(ToDo::urgent), all.stream().filter(one -> !one.urgent()))
        .toList();
  }

  private static void addStop(String trouble, List<ToDo> all) {
    all.add(
        ToDo.urgent(
            "all lanes",
            "no files are taken: %s; then it goes on by itself".formatted(Printable.of(trouble))));
  }

  private Map<String, Result> checks() {
    Map<String, Result> checks = new LinkedHashMap<>();
    HealthCheckRegistry.get(context).stream()
        .filter(check -> GROUP.equals(check.getGroup()))
        .forEach(check -> checks.put(check.getId().substring(GROUP.length() + 1), check.call()));
    return checks;
  }

  /** What the intake says, and why it is closed, stands in the list already. */
  private void addCheck(String name, Result result, List<ToDo> all) {
    String says = Printable.of(result.getMessage().orElse(""));
    if (result.getState() == State.DOWN && !name.equals("intake") && !isTold(name)) {
      all.add(ToDo.urgent(name, says));
    } else if (result.getDetails().containsKey("awaySeconds")) {
      all.add(ToDo.later(name, says));
    }
  }

  private boolean isTold(String check) {
    return switch (check) {
      case "disk" -> intake.has(Intake.Trouble.SPACE);
      case "ledger" -> intake.has(Intake.Trouble.LEDGER);
      default -> false;
    };
  }

  /** A lane that waits for its folder looks again by itself. */
  private static ToDo of(Entry lane) {
    String why = lane.why() == null ? "" : Printable.of(lane.why());
    return new ToDo(
        "lane " + Printable.of(lane.name()),
        "%s: %s".formatted(lane.state(), why),
        !lane.state().equals("waiting"));
  }

  private static List<ToDo> endpoints(Result outbox) {
    if (outbox == null || !(outbox.getDetails().get("late") instanceof Collection<?> late)) {
      return List.of();
    }
    return late.stream()
        .filter(Map.class::isInstance)
        .map(Map.class::cast)
        .map(
            endpoint ->
                ToDo.later(
                    "endpoint " + endpoint.get("name"),
                    Printable.of(String.valueOf(endpoint.get("why")))))
        .toList();
  }
}

package io.mediadrop.conventions;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Whether each call over http begins from no headers.
 *
 * <p>What one call left in the headers, the key and the method included, goes out with the next. So
 * the steps are followed in the order of a message: a call needs {@code removeHeaders: "*"} between
 * itself and the call before it, and between itself and the start of the route.
 */
final class BareCalls {

  /** Of the branches below these a message takes one, or each takes a copy of the message. */
  private static final Set<String> BRANCHING = Set.of("choice", "multicast");

  private static final Set<String> SECOND_PARTS = Set.of("doCatch", "doFinally", "onFallback");

  private final List<Finding> findings = new ArrayList<>();

  private BareCalls() {}

  static Stream<Finding> of(Bundle bundle) {
    var calls = new BareCalls();
    bundle.routes().stream().flatMap(Yaml::everything).forEach(calls::followStart);
    return calls.findings.stream();
  }

  private void followStart(Yaml place) {
    boolean start = Set.of("from", "onException", "onCompletion").contains(place.key());
    if (start && place.isMapping()) {
      place.get("steps").ifPresent(steps -> follow(steps, false));
    }
  }

  /** Follows steps that a message reaches with or without headers; tells how it leaves them. */
  private boolean follow(Yaml steps, boolean bare) {
    boolean now = bare;
    for (Step step : Step.of(steps).toList()) {
      now = pass(step, now);
    }
    return now;
  }

  private boolean pass(Step step, boolean bare) {
    if (removesAll(step)) {
      return true;
    }
    if (step.endpoint().filter(Endpoint::mayBeHttp).isPresent()) {
      call(step, bare);
      return false;
    }
    if (BRANCHING.contains(step.kind())) {
      return branch(step, bare);
    }
    boolean after = inside(step.yaml(), bare);
    return step.kind().equals("doTry") ? after : after && bare; // the others may be skipped
  }

  private static boolean removesAll(Step step) {
    return step.kind().equals("removeHeaders")
        && step.yaml().text("pattern").filter("*"::equals).isPresent()
        && step.yaml().get("excludePattern").isEmpty();
  }

  private void call(Step step, boolean bare) {
    if (!bare) {
      findings.add(
          step.yaml()
              .finding(
                  "'%s' may go out over http with headers left from before: write 'removeHeaders:'"
                      + " with 'pattern: \"*\"' before it",
                  step.kind()));
    }
  }

  private boolean branch(Step step, boolean bare) {
    boolean everyBranch = bare || step.yaml().get("otherwise").isPresent();
    for (Yaml place : step.yaml().children()) {
      if (place.key().equals("steps")) {
        for (Step copy : Step.of(place).toList()) {
          everyBranch &= pass(copy, bare);
        }
      } else {
        for (Yaml branch : place.isList() ? place.children() : List.of(place)) {
          everyBranch &= inside(branch, bare);
        }
      }
    }
    return everyBranch;
  }

  private boolean inside(Yaml place, boolean bare) {
    boolean now = bare;
    for (Yaml child : place.children()) {
      if (child.key().equals("steps") && child.isList()) {
        now = follow(child, now);
      } else if (SECOND_PARTS.contains(child.key())) {
        now = inside(child, now);
      }
    }
    return now;
  }
}

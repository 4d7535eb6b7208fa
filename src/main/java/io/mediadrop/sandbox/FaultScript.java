package io.mediadrop.sandbox;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Which calls go wrong, and how. Rules may be added while the sandbox runs; the first one wins. */
public final class FaultScript {
  private record Rule(When when, Fault fault) {}

  private final List<Rule> rules = new CopyOnWriteArrayList<>();

  public FaultScript on(When when, Fault fault) {
    rules.add(new Rule(when.fresh(), fault));
    return this;
  }

  /** The next call on this route goes wrong. */
  public FaultScript next(Route route, Fault fault) {
    return on(When.route(route).call(1), fault);
  }

  /** Forgets all rules: everything works again. */
  public void clear() {
    rules.clear();
  }

  Fault choose(Route route, String connection) {
    Fault chosen = null;
    for (Rule rule : rules) {
      // every rule counts every call, so that "the third" means the same whatever other rules do
      if (rule.when().applies(route, connection) && chosen == null) {
        chosen = rule.fault();
      }
    }
    return chosen == null ? Fault.NONE : chosen;
  }
}

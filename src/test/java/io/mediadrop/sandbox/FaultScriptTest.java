package io.mediadrop.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FaultScriptTest {
  private static final Fault FAULT = Faults.answerLost();
  private static final Fault OTHER = Faults.silence();

  private static List<Integer> struck(FaultScript script, int calls) {
    List<Integer> struck = new ArrayList<>();
    for (int call = 1; call <= calls; call++) {
      if (script.choose(Route.PART, "conn_a") == FAULT) {
        struck.add(call);
      }
    }
    return struck;
  }

  @Test
  void strikesTheCallsOfItsNumbers() {
    When part = When.route(Route.PART);

    assertThat(struck(new FaultScript().on(part.call(2), FAULT), 5)).containsExactly(2);
    assertThat(struck(new FaultScript().on(part.calls(2, 4), FAULT), 5)).containsExactly(2, 3, 4);
    assertThat(struck(new FaultScript().on(part, FAULT), 2)).containsExactly(1, 2);
  }

  @Test
  void countsOnlyTheCallsItIsMeantFor() {
    FaultScript script =
        new FaultScript().on(When.route(Route.PART).connection("conn_a").call(2), FAULT);

    assertThat(script.choose(Route.PART, "conn_a")).isSameAs(Fault.NONE);
    assertThat(script.choose(Route.PART, "conn_b")).isSameAs(Fault.NONE);
    assertThat(script.choose(Route.INIT, "conn_a")).isSameAs(Fault.NONE);
    assertThat(script.choose(Route.PART, "conn_a")).isSameAs(FAULT);
  }

  @Test
  void strikesTheSameCallsForTheSameSeed() {
    When half = When.anyCall().probability(0.5, 42);
    List<Integer> first = struck(new FaultScript().on(half, FAULT), 100);

    assertThat(struck(new FaultScript().on(half, FAULT), 100)).isEqualTo(first);
    assertThat(first).hasSizeBetween(30, 70);
  }

  @Test
  void prefersTheFirstRule() {
    FaultScript script =
        new FaultScript().on(When.anyCall().call(2), OTHER).on(When.anyCall(), FAULT);

    assertThat(struck(script, 3)).containsExactly(1, 3);
  }

  @Test
  void forgetsItsRules() {
    FaultScript script = new FaultScript().on(When.anyCall(), FAULT);
    script.clear();

    assertThat(struck(script, 3)).isEmpty();
  }
}

package io.mediadrop.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FaultSpecTest {

  @Test
  void namesRouteCallAndConnection() {
    FaultScript script = new FaultScript();
    FaultSpec.addTo(script, "complete#2-3@conn_a=answer-lost", 1);

    assertThat(script.choose(Route.COMPLETE, "conn_a")).isSameAs(Fault.NONE);
    assertThat(script.choose(Route.COMPLETE, "conn_b")).isSameAs(Fault.NONE);
    assertThat(script.choose(Route.COMPLETE, "conn_a")).isNotSameAs(Fault.NONE);
    assertThat(script.choose(Route.PART, "conn_a")).isSameAs(Fault.NONE);
    assertThat(script.choose(Route.COMPLETE, "conn_a")).isNotSameAs(Fault.NONE);
    assertThat(script.choose(Route.COMPLETE, "conn_a")).isSameAs(Fault.NONE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "any=503",
        "any%0.01=reset:64KiB",
        "part=cut:100",
        "part=stall:1MiB",
        "whole=slow-reading:100kB",
        "init#1=401:RULES_OUTDATED",
        "init=429",
        "check=redirect:http://example.com/",
        "vault-media=page:502",
        "complete=slow-answer:35s",
        "whole=trickled-answer:10",
        "whole=huge-answer:2MiB",
        "whole=deep-answer:200",
        "whole=truncated-json",
        "whole=answer-cut",
        "whole=answer-stalled",
        "part#3=expire",
        "any=delay:100ms",
        "any#1=silence",
        "any=close-afterwards"
      })
  void knowsEveryFault(String text) {
    FaultSpec.addTo(new FaultScript(), text, 1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "part", "part=", "part=nonsense", "nowhere=503", "part=200"})
  void refusesWhatIsNoFault(String text) {
    assertThatThrownBy(() -> FaultSpec.addTo(new FaultScript(), text, 1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"5MiB", "5 MiB", "5242880", "5242880B", "5120KiB"})
  void readsSizesAsPeopleWriteThem(String text) {
    assertThat(ByteSize.parse(text)).isEqualTo(5_242_880);
    assertThat(ByteSize.parse("100kB")).isEqualTo(100_000);
  }
}

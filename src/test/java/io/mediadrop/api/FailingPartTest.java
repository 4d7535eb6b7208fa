package io.mediadrop.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediadrop.kit.Mediadrop;
import io.mediadrop.sandbox.BadPlan;
import io.mediadrop.sandbox.Faults;
import io.mediadrop.sandbox.Route;
import io.mediadrop.sandbox.Sandbox;
import io.mediadrop.sandbox.SandboxOptions;
import io.mediadrop.sandbox.When;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class FailingPartTest {

  private static final int PART = 64 * 1024;

  @RegisterExtension final Mediadrop mediadrop = new Mediadrop();

  @Test
  void isSentAgainAloneWhereItFailsInPassing() throws Exception {
    Sandbox sandbox = mediadrop.sandbox(SandboxOptions.defaults().withPartSize(PART));
    mediadrop.start();
    sandbox.faults().on(When.route(Route.PART).call(3), Faults.refuse(503, "NETWORK_ERROR"));
    mediadrop.put("a.mp4", 8 * PART);
    mediadrop.awaitFiled(1);

    assertThat(sandbox.calls().stream().filter(call -> call.route() == Route.PART)).hasSize(9);
  }

  @Test
  void isNoMatterOfTheFileWhereItsSessionIsGone() throws Exception {
    Sandbox sandbox = mediadrop.sandbox(SandboxOptions.defaults().withPartSize(PART));
    mediadrop.start();
    sandbox.faults().on(When.route(Route.PART).call(3), Faults.refuse(410, "GONE"));
    mediadrop.put("a.mp4", 4 * PART);
    mediadrop.awaitFiled(1);

    assertThat(sandbox.calls().stream().filter(call -> call.route() == Route.INIT)).hasSize(2);
  }

  @Test
  void isNoMatterOfTheFileWhereItsSessionHasExpiredMeanwhile() throws Exception {
    SandboxOptions options = SandboxOptions.defaults().withPartSize(PART);
    Sandbox sandbox = mediadrop.sandbox(options.withBadPlan(BadPlan.EXPIRED));
    mediadrop.start();
    sandbox.faults().on(When.route(Route.PART).call(3), Faults.refuse(400, "BAD_REQUEST"));
    mediadrop.put("a.mp4", 4 * PART);
    mediadrop.awaitFiled(1);

    assertThat(sandbox.calls().stream().filter(call -> call.route() == Route.INIT)).hasSize(2);
  }

  @Test
  void endsTheUploadWithTheApisOwnWordsAndWithoutFurtherParts() throws Exception {
    Sandbox sandbox = mediadrop.sandbox(SandboxOptions.defaults().withPartSize(PART));
    mediadrop.start();
    sandbox.faults().on(When.route(Route.PART).calls(2, 99), Faults.refuse(415, "UNSUPPORTED"));
    mediadrop.put("a.mp4", 40 * PART);
    mediadrop.awaitFailed(1);

    assertThat(mediadrop.failed().resolve("default/a.mp4.reason.txt"))
        .content()
        .contains("415 UNSUPPORTED")
        .doesNotContain("Exchange");
    assertThat(sandbox.calls().stream().filter(call -> call.route() == Route.PART))
        .hasSizeLessThanOrEqualTo(4);
  }
}

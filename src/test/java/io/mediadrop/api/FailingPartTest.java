package io.mediadrop.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediadrop.cli.Running;
import io.mediadrop.media.MediaFiles;
import io.mediadrop.sandbox.BadPlan;
import io.mediadrop.sandbox.Faults;
import io.mediadrop.sandbox.Route;
import io.mediadrop.sandbox.Sandbox;
import io.mediadrop.sandbox.SandboxOptions;
import io.mediadrop.sandbox.When;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FailingPartTest {

  private static final int PART = 64 * 1024;

  @TempDir Path home;

  @Test
  void isSentAgainAloneWhereItFailsInPassing() throws Exception {
    try (Sandbox sandbox = Sandbox.start(SandboxOptions.defaults().withPartSize(PART));
        Running running = Running.on(home).start(sandbox)) {
      sandbox.faults().on(When.route(Route.PART).call(3), Faults.refuse(503, "NETWORK_ERROR"));
      MediaFiles.write(running.drop().resolve("a.mp4"), 8 * PART);
      running.awaitFiled(1);

      assertThat(sandbox.calls().stream().filter(call -> call.route() == Route.PART)).hasSize(9);
    }
  }

  @Test
  void isNoMatterOfTheFileWhereItsSessionIsGone() throws Exception {
    try (Sandbox sandbox = Sandbox.start(SandboxOptions.defaults().withPartSize(PART));
        Running running = Running.on(home).start(sandbox)) {
      sandbox.faults().on(When.route(Route.PART).call(3), Faults.refuse(410, "GONE"));
      MediaFiles.write(running.drop().resolve("a.mp4"), 4 * PART);
      running.awaitFiled(1);

      assertThat(sandbox.calls().stream().filter(call -> call.route() == Route.INIT)).hasSize(2);
    }
  }

  @Test
  void isNoMatterOfTheFileWhereItsSessionHasExpiredMeanwhile() throws Exception {
    SandboxOptions options = SandboxOptions.defaults().withPartSize(PART);
    try (Sandbox sandbox = Sandbox.start(options.withBadPlan(BadPlan.EXPIRED));
        Running running = Running.on(home).start(sandbox)) {
      sandbox.faults().on(When.route(Route.PART).call(3), Faults.refuse(400, "BAD_REQUEST"));
      MediaFiles.write(running.drop().resolve("a.mp4"), 4 * PART);
      running.awaitFiled(1);

      assertThat(sandbox.calls().stream().filter(call -> call.route() == Route.INIT)).hasSize(2);
    }
  }

  @Test
  void endsTheUploadWithTheApisOwnWordsAndWithoutFurtherParts() throws Exception {
    try (Sandbox sandbox = Sandbox.start(SandboxOptions.defaults().withPartSize(PART));
        Running running = Running.on(home).start(sandbox)) {
      sandbox.faults().on(When.route(Route.PART).calls(2, 99), Faults.refuse(415, "UNSUPPORTED"));
      MediaFiles.write(running.drop().resolve("a.mp4"), 40 * PART);
      running.awaitFailed(1);

      assertThat(running.failed().resolve("default/a.mp4.reason.txt"))
          .content()
          .contains("415 UNSUPPORTED")
          .doesNotContain("Exchange");
      assertThat(sandbox.calls().stream().filter(call -> call.route() == Route.PART))
          .hasSizeLessThanOrEqualTo(4);
    }
  }
}

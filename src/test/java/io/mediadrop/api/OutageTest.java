package io.mediadrop.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediadrop.cli.LogLines;
import io.mediadrop.cli.Running;
import io.mediadrop.drop.NotNow;
import io.mediadrop.kit.Mediadrop;
import io.mediadrop.sandbox.Faults;
import io.mediadrop.sandbox.Sandbox;
import io.mediadrop.sandbox.When;
import java.nio.file.FileSystemException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.slf4j.event.Level;

class OutageTest {

  private static final String OUTAGE = "The API has answered nobody for";
  private static final int FILES = 3;

  @RegisterExtension final Mediadrop mediadrop = new Mediadrop();

  @Test
  void isNoWaitThatTheApiHasNoPartIn() {
    NotNow wait = new NotNow("that files are taken again", Duration.ZERO);

    assertThat(new ApiHealth().levelOf(wait)).isEqualTo(Level.DEBUG);
  }

  @Test
  void isNoFileOfThisMachineThatCannotBeRead() {
    FileSystemException failure = new FileSystemException("a.jpg", null, "Input/output error");

    try (LogLines log = new LogLines()) {
      assertThat(new ApiHealth(Duration.ZERO).levelOf(failure)).isEqualTo(Level.WARN);
      assertThat(log.warningsWith(OUTAGE)).isEmpty();
    }
  }

  @Test
  void isToldOnceHoweverManyCallsFail() throws Exception {
    Sandbox sandbox = mediadrop.sandbox();
    LogLines log = mediadrop.log();
    mediadrop.impatiently().start();
    sandbox.faults().on(When.anyCall(), Faults.refuse(503, "UNAVAILABLE"));
    for (int i = 0; i < FILES; i++) {
      mediadrop.put(i + ".jpg", 1_000 + i);
    }
    Running.patiently().until(() -> !log.warningsWith(OUTAGE).isEmpty());
    int told = log.warnings().size();
    int calls = sandbox.calls().size();
    Running.patiently().until(() -> sandbox.calls().size() >= calls + 3);

    assertThat(log.warnings()).hasSize(told);
    assertThat(log.warningsWith(OUTAGE)).singleElement().asString().contains("UNAVAILABLE");
    assertThat(log.warningsWith("is tried again in")).isNotEmpty();

    sandbox.faults().clear();
    mediadrop.awaitFiled(FILES);
    assertThat(log.all()).containsOnlyOnce("The API answers again");
    assertThat(sandbox.uploads()).hasSize(FILES);
  }
}

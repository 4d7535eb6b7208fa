package io.mediadrop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediadrop.kit.Mediadrop;
import io.mediadrop.sandbox.Sandbox;
import io.mediadrop.sandbox.SandboxOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class MainJobTest {

  @RegisterExtension final Mediadrop mediadrop = new Mediadrop();

  @Test
  void uploadsArchivesAndAnnouncesADroppedFile() throws Exception {
    Sandbox sandbox = mediadrop.sandbox(SandboxOptions.defaults().withPartSize(64 * 1024));
    mediadrop.start();
    mediadrop.put("whole.jpg", 10_000);
    mediadrop.put("parts.mp4", 200_000);

    mediadrop.awaitFiled(2);

    assertThat(Running.filesIn(mediadrop.drop())).isEmpty();
    assertThat(Running.filesIn(mediadrop.archive())).hasSize(6);
    assertThat(sandbox.uploads()).extracting("parts").containsExactlyInAnyOrder(0, 4);
  }
}

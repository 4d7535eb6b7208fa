package io.mediadrop.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediadrop.kit.Mediadrop;
import io.mediadrop.sandbox.Sandbox;
import io.mediadrop.sandbox.SandboxOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ChecksumOffTest {

  @RegisterExtension final Mediadrop mediadrop = new Mediadrop();

  @Test
  void uploadsWholeAndInPartsWithoutHashing() throws Exception {
    Sandbox sandbox = mediadrop.sandbox(SandboxOptions.defaults().withPartSize(64 * 1024));
    mediadrop.with("mediadrop.checksum", "off").start();
    mediadrop.put("whole.jpg", 10_000);
    mediadrop.put("same.jpg", 10_000);
    mediadrop.put("parts.mp4", 200_000);
    mediadrop.awaitFiled(3);

    assertThat(sandbox.uploads()).hasSize(3);
    assertThat(mediadrop.json("whole.jpg.media.json").path("checksum").isNull()).isTrue();
    assertThat(mediadrop.json("parts.mp4.media.json").path("checksum").isNull()).isTrue();
  }
}

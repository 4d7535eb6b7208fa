package io.mediadrop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediadrop.media.MediaFiles;
import io.mediadrop.sandbox.Sandbox;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A program that runs without a UTF-8 locale, as bare containers do. */
class PosixLocaleIT {

  @TempDir Path home;

  @Test
  void leavesOnlyTheNamesThatItCannotRead() throws Exception {
    Path drop = Files.createDirectories(home.resolve("drop"));
    for (String name : List.of("Ä.jpg", "Ä.jpg.meta.json", "Ä~.tmp")) {
      Files.writeString(drop.resolve(name), "x");
    }
    try (Sandbox sandbox = Sandbox.start();
        Child child =
            Child.inLocale("POSIX", home, sandbox, List.of(), Sandbox.KEY, Sandbox.CONNECTION)) {
      MediaFiles.write(drop.resolve("first.jpg"), 5000, 1);
      awaitUploads(sandbox, child, 1);
      Files.writeString(drop.resolve("Ö.jpg.meta.json"), "x");
      MediaFiles.write(drop.resolve("second.jpg"), 5000, 2);
      awaitUploads(sandbox, child, 2);
      child.stop();

      assertThat(child.output())
          .containsOnlyOnce("run with a UTF-8 locale")
          .doesNotContain("Exception");
    }
  }

  private static void awaitUploads(Sandbox sandbox, Child child, int uploads) {
    Running.patiently().until(() -> sandbox.uploads().size() == uploads || !child.isAlive());
  }
}

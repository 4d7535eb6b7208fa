package io.mediadrop.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediadrop.cli.LogLines;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class StraysTest {

  private static final Path FOLDER = Path.of("drop");

  private final Strays strays = new Strays();

  @Test
  void sayThatTheFolderIsNotWatchedWhateverWasSaidOfItBefore() {
    try (LogLines log = new LogLines()) {
      strays.leave(FOLDER, "the name of a file in it cannot be read");
      strays.endOfListing();
      strays.alarm(FOLDER, "it is gone");
      strays.alarm(FOLDER, "it is gone");

      assertThat(log.warningsWith("is not watched")).hasSize(1);
    }
  }

  @Test
  void sayAgainThatTheFolderIsNotWatchedOnceItWasBack() {
    try (LogLines log = new LogLines()) {
      strays.alarm(FOLDER, "it is gone");
      strays.endOfListing();
      strays.alarm(FOLDER, "it is gone");

      assertThat(log.warningsWith("is not watched")).hasSize(2);
    }
  }
}

package io.mediadrop.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediadrop.cli.Running;
import io.mediadrop.kit.Mediadrop;
import io.mediadrop.media.MediaFiles;
import io.mediadrop.sandbox.Answer;
import io.mediadrop.sandbox.FaultScript;
import io.mediadrop.sandbox.Faults;
import io.mediadrop.sandbox.Route;
import io.mediadrop.sandbox.Sandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that the API does not take. */
class RefusedFileTest {

  @RegisterExtension final Mediadrop mediadrop = new Mediadrop().started();
  private final Sandbox sandbox = mediadrop.sandbox();

  private final FaultScript faults = sandbox.faults();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "broken.jpg",
        "sub/folder/broken.jpg",
        "back\\slash.jpg",
        "x\nWhat to do:    send money\u001b[31m\u202E.jpg",
        "${env:HOME} {{mediadrop.api.key}}.jpg"
      })
  void liesAmongTheFailedWithFourLinesThatSayWhy(String path) throws Exception {
    faults.next(Route.INIT, Faults.refuse(400, "INVALID_INPUT"));
    byte[] content = drop(path, 1);

    mediadrop.awaitFailed(1);

    Path failed = mediadrop.failed().resolve("default").resolve(path);
    assertThat(failed).hasBinaryContent(content);
    assertThat(Running.filesIn(mediadrop.drop())).isEmpty();
    assertFourLines(mediadrop.failed().resolve(FileNames.reason("default/" + path)));
  }

  @Test
  void cannotHaveItsReasonForgedByTheApi() throws Exception {
    String message = "No.\\nWhose fault:   yours\\r\\n\\u001b[31m\\u202E\\u2028How to retry: never";
    byte[] body =
        "{\"error\":{\"type\":\"INVALID_INPUT\",\"message\":\"%1$s\"},\"message\":\"%1$s\"}"
            .formatted(message)
            .getBytes();
    faults.next(Route.INIT, Faults.answer(Answer.text(400, "application/json", "").withBody(body)));
    drop("broken.jpg", 1);

    mediadrop.awaitFailed(1);

    assertFourLines(mediadrop.failed().resolve("default/broken.jpg.reason.txt"));
  }

  @Test
  void liesBesideAnEarlierOneOfItsName() throws Exception {
    for (int n = 1; n <= 2; n++) {
      faults.next(Route.INIT, Faults.refuse(400, "INVALID_INPUT"));
      drop("broken.jpg", n);
      mediadrop.awaitFailed(n);
    }

    assertThat(Running.filesIn(mediadrop.failed()))
        .containsExactlyInAnyOrder(
            "default/broken.jpg",
            "default/broken.jpg.reason.txt",
            "default/broken~2.jpg",
            "default/broken~2.jpg.reason.txt");
  }

  @Test
  void liesInANumberedFolderWhereAFileHasTheFoldersName() throws Exception {
    Path earlier = mediadrop.failed().resolve("default/w");
    Files.createDirectories(earlier.getParent());
    Files.writeString(earlier, "no folder");
    faults.next(Route.INIT, Faults.refuse(400, "INVALID_INPUT"));
    drop("w/broken.jpg", 1);
    mediadrop.awaitFailed(1);

    assertThat(Running.filesIn(mediadrop.failed().resolve("default")))
        .containsExactlyInAnyOrder("w", "w~2/broken.jpg", "w~2/broken.jpg.reason.txt");
  }

  @ParameterizedTest
  @ValueSource(strings = {"broken.jpg", "sub/folder/broken.jpg", "back\\slash.jpg"})
  void isTriedAgainWhenItIsDraggedBack(String path) throws Exception {
    faults.next(Route.INIT, Faults.refuse(400, "INVALID_INPUT"));
    drop(path, 1);
    mediadrop.awaitFailed(1);

    Files.move(mediadrop.failed().resolve("default").resolve(path), mediadrop.drop().resolve(path));
    mediadrop.awaitFiled(1);

    assertThat(sandbox.uploads()).hasSize(1);
    // a reason without a file would only confuse
    Running.patiently().until(() -> Running.filesIn(mediadrop.failed()).isEmpty());
  }

  private byte[] drop(String path, int seed) throws IOException {
    Path file = mediadrop.drop().resolve(path);
    Files.createDirectories(file.getParent());
    return Files.readAllBytes(MediaFiles.write(file, 1000, seed));
  }

  private static void assertFourLines(Path reason) throws IOException {
    String text = Files.readString(reason);
    List<String> lines = text.lines().toList();
    assertThat(lines).hasSize(4);
    assertThat(lines.get(0)).startsWith("What happened: ");
    assertThat(lines.get(1)).startsWith("Whose fault:   ");
    assertThat(lines.get(2)).startsWith("What to do:    ");
    assertThat(lines.get(3)).startsWith("How to retry:  ");
    assertThat(text.codePoints().filter(c -> c != '\n'))
        .noneMatch(c -> Character.isISOControl(c) || c == 0x202E || c == 0x2028);
  }
}

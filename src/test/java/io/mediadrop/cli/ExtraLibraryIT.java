package io.mediadrop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.mediadrop.recipes.Recipe;
import io.mediadrop.sandbox.Sandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExtraLibraryIT {

  @TempDir Path folder;

  @Test
  void bringsAComponentThatTheDistributionHasNot() throws Exception {
    try (DistributionCopy copy = DistributionCopy.in(folder)) {
      Path program = copy.path();
      Process maven =
          new ProcessBuilder("sh", "-c", command())
              .directory(program.toFile())
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve("maven.txt").toFile())
              .start();
      assertThat(maven.waitFor()).as(() -> read(folder.resolve("maven.txt"))).isZero();
      GreenMail mail = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
      mail.setUser("mediadrop@example.com", "mediadrop", "s3cret");
      mail.start();
      Recipe.named("Mail")
          .with("smtps:mail.example.com:465", "smtp:127.0.0.1:" + mail.getSmtp().getPort())
          .with("the password", "s3cret")
          .into(program);
      try (Sandbox sandbox = Sandbox.start();
          Launched run =
              Launched.script(program.resolve("mediadrop"), folder).against(sandbox).start("run")) {
        Path drop = program.resolve("media/drop");
        run.awaitSaid("watches " + drop);
        Files.writeString(drop.resolve("notes.txt"), "no media");
        Running.patiently().until(() -> mail.getReceivedMessages().length > 0);

        assertThat(mail.getReceivedMessages()[0].getSubject())
            .isEqualTo("mediadrop: notes.txt has failed");
      } finally {
        mail.stop();
      }
    }
  }

  /** The page's command. */
  private static String command() {
    String page = Recipe.page();
    int begin = page.indexOf("```sh\n") + "```sh\n".length();
    return page.substring(begin, page.indexOf("\n", begin));
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return e.toString();
    }
  }
}

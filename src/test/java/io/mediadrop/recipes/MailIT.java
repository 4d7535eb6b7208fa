package io.mediadrop.recipes;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.mediadrop.cli.LogLines;
import io.mediadrop.cli.Running;
import io.mediadrop.media.MediaFiles;
import io.mediadrop.sandbox.Sandbox;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MailIT {

  private static final String PASSWORD = "pa55&%/of the=mail";

  @TempDir Path folder;
  private GreenMail server;
  private int port;

  @BeforeEach
  void start() {
    server = new GreenMail(new ServerSetup(port, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    server.setUser("mediadrop@example.com", "mediadrop", PASSWORD);
    server.getManagers().getUserManager().setAuthRequired(true);
    server.start();
    port = server.getSmtp().getPort();
  }

  @AfterEach
  void stop() {
    server.stop();
  }

  private Path configured(String password) throws IOException {
    return Recipe.named("Mail")
        .with("smtps:mail.example.com:465", "smtp:127.0.0.1:" + port)
        .with("the password", password)
        .into(folder);
  }

  @Test
  void tellsOfAFailedFileAndNotOfAGoodOne() throws Exception {
    Path config = configured(PASSWORD);
    try (Sandbox sandbox = Sandbox.start();
        Running running = Recipe.run(folder.resolve("home"), config).start(sandbox)) {
      MediaFiles.write(running.drop().resolve("good.jpg"), 1_000, 1);
      Files.writeString(running.drop().resolve("${env:HOME}\r\nBcc: x@example.com"), "no media");
      running.awaitFailed(1);
      running.awaitFiled(1);

      MimeMessage mail = only();
      assertThat(mail.getSubject())
          .isEqualTo("mediadrop: ${env:HOME} Bcc: x@example.com has failed");
      assertThat(mail.getAllRecipients())
          .extracting("address")
          .containsExactly("editors@example.com");
      assertThat(mail.getContent().toString())
          .contains("What happened: ", "What to do:    ", "failed/default/${env:HOME}");
    }
  }

  @Test
  void tellsOfAPausedLaneOnceTheServerIsThereAgain() throws Exception {
    Path config = configured(PASSWORD);
    server.stop();
    try (Sandbox sandbox = Sandbox.start();
        LogLines log = new LogLines();
        Running running =
            Recipe.run(folder.resolve("home"), config)
                .with("mediadrop.api.key", "sk_of_nobody")
                .start(sandbox)) {
      MediaFiles.write(running.drop().resolve("a.jpg"), 1_000, 1);
      Running.patiently().until(() -> !log.warningsWith("notify.mail did not take").isEmpty());
      start();
      Running.patiently().until(() -> running.undelivered() == 0);

      MimeMessage mail = only();
      assertThat(mail.getSubject()).isEqualTo("mediadrop: lane default is paused");
      assertThat(mail.getContent().toString()).contains("What happened: ", "What to do:    ");
    }
  }

  @Test
  void keepsThePasswordToItselfWhereItIsRefused() throws Exception {
    Path config = configured("not-the-password-of-it");

    Delivery.assertRefusedInSilence(
        folder.resolve("home"), config, "notify.mail", "not-the-password-of-it");
  }

  private MimeMessage only() {
    assertThat(server.getReceivedMessages()).hasSize(1);
    return server.getReceivedMessages()[0];
  }
}

package io.mediadrop.recipes;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediadrop.cli.LogLines;
import io.mediadrop.cli.Running;
import io.mediadrop.media.MediaFiles;
import io.mediadrop.remote.SftpHost;
import io.mediadrop.sandbox.Sandbox;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SftpArchiveIT {

  private static final String PASSWORD = "pa55 & wörd?+%of=the/nas";

  @TempDir Path folder;
  private SftpHost host;

  @BeforeEach
  void serve() throws Exception {
    host = SftpHost.on(folder.resolve("server"));
    host.setPassword(PASSWORD);
  }

  @AfterEach
  void stop() throws Exception {
    host.close();
  }

  private Path configured(String password) throws Exception {
    Path known = folder.resolve("known_hosts");
    Files.writeString(known, host.knownHostsLine() + "\n");
    return Recipe.named("SFTP")
        .with("nas.example.com", "127.0.0.1")
        .with("nas.port = 22", "nas.port = " + host.port())
        .with("nas.user = media", "nas.user = " + SftpHost.USER)
        .with("config/known_hosts", known.toString())
        .with("the password", password)
        .into(folder);
  }

  @Test
  void getsWhatItMissedOnceItIsThereAgain() throws Exception {
    new Delivery(new Server(), folder.resolve("home"), configured(PASSWORD)).check();

    assertThat(host.written()).isNotEmpty().allMatch(name -> name.startsWith(".uploading-"));
  }

  @Test
  void keepsThePasswordToItselfWhereItIsRefused() throws Exception {
    Path config = configured("not-the-password-of-it");

    Delivery.assertRefusedInSilence(
        folder.resolve("home"), config, "archive", "not-the-password-of-it");
    assertThat(host.logins()).isPositive();
  }

  @Test
  void getsNoPasswordUnlessItsKeyIsKnown() throws Exception {
    Path config = configured(PASSWORD);
    host.changeKey();
    try (Sandbox sandbox = Sandbox.start();
        LogLines log = new LogLines();
        Running running = Recipe.run(folder.resolve("home"), config).start(sandbox)) {
      MediaFiles.write(running.drop().resolve("a.jpg"), 1_000);
      Running.patiently().until(() -> !log.warningsWith("archive did not take").isEmpty());

      assertThat(log.warningsWith("archive did not take").get(0)).contains("HostKey");
      assertThat(host.logins()).isZero();
    }
  }

  private final class Server implements ArchiveServer {

    @Override
    public Map<String, byte[]> files() throws Exception {
      Map<String, byte[]> files = new TreeMap<>();
      Path archive = host.root().resolve("mediadrop");
      for (String file : Running.filesIn(archive)) {
        // as the recipe says
        files.put(
            file.replace("%3F", "?").replace("%2A", "*"),
            Files.readAllBytes(archive.resolve(file)));
      }
      return files;
    }

    @Override
    public void stop() throws Exception {
      host.stop();
    }

    @Override
    public void start() throws Exception {
      host.start();
    }
  }
}

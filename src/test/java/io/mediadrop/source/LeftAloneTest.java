package io.mediadrop.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediadrop.cli.LogLines;
import io.mediadrop.cli.Running;
import io.mediadrop.kit.Mediadrop;
import io.mediadrop.sandbox.Sandbox;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What lies in the drop folder and is not for uploading. */
class LeftAloneTest {

  @RegisterExtension
  final Mediadrop mediadrop =
      new Mediadrop().with("mediadrop.notify.uri", "mock:notification").started();

  private final Sandbox sandbox = mediadrop.sandbox();
  private final LogLines log = mediadrop.log();

  @TempDir Path elsewhere;

  @Test
  void isLeftWithoutAWordIfItsNameSaysSo() throws Exception {
    List<String> names =
        List.of(
            ".hidden.jpg",
            ".hidden/in/it.jpg",
            "a.jpg.part",
            "a.PARTIAL",
            "a.tmp",
            "a.temp",
            "a.crdownload",
            "a.download",
            "a.opdownload",
            "a.filepart",
            "a.!ut",
            "a.aria2",
            ".a.swp",
            "a.jpg~",
            "~$a.docx",
            "~a.tmp",
            "Thumbs.db",
            "desktop.ini",
            "ehthumbs.db",
            ".DS_Store",
            "a.jpg.camelLock",
            "a.jpg:Zone.Identifier",
            "a.jpg_Zone.Identifier",
            "a.jpg:Zone.Identifier:$DATA",
            "a.jpg\uf022Zone.Identifier",
            "a.jpg:com.apple.quarantine",
            "a.jpg:com.apple.metadata:kMDItemWhereFroms",
            "a.jpg\uf022com.apple.FinderInfo",
            "a.jpg:com.dropbox.attrs",
            "a.jpg:AFP_AfpInfo",
            "a.jpg\uf022AFP_Resource",
            "a.jpg:SmartScreen",
            "a.jpg:encryptable:$DATA",
            "a.jpg::$DATA",
            "album/metadata.json",
            "album/metadata(2).json",
            "._a.jpg",
            "Icon\r",
            "a.lnk",
            "Picasa.ini",
            "M0100.CTG",
            ".nfs0000000000000001",
            "GX010001.LRV",
            "DJI_0001.LRF",
            "LRV_20261129_1.insv",
            "a.jpg.reason.txt",
            "a.jpg.media.json",
            "a.jpg.assets.json",
            "PAUSED.txt",
            "deep/below/.hidden.jpg",
            "deep/below/a.part");
    for (String name : names) {
      Path file = mediadrop.drop().resolve(name);
      Files.createDirectories(file.getParent());
      Files.writeString(file, "content");
    }
    Files.createSymbolicLink(mediadrop.drop().resolve("link.part"), Path.of("a.tmp"));

    aGoodFileGoesThrough();

    assertThat(sandbox.uploads()).extracting("name").containsExactly("good.jpg");
    assertThat(Running.filesIn(mediadrop.drop())).containsAll(names);
    assertThat(log.warnings()).isEmpty();
  }

  @Test
  void isNamedOnceIfItIsNoFile() throws Exception {
    Path secret = Files.writeString(elsewhere.resolve("secret.jpg"), "not to be leaked");
    Files.createDirectory(elsewhere.resolve("folder"));
    Files.writeString(elsewhere.resolve("folder/inside.jpg"), "not to be leaked either");
    Path drop = mediadrop.drop();
    Files.createSymbolicLink(drop.resolve("file-link.jpg"), secret);
    Files.createSymbolicLink(drop.resolve("folder-link"), elsewhere.resolve("folder"));
    Files.createSymbolicLink(drop.resolve("dangling-link.jpg"), elsewhere.resolve("nowhere"));
    Files.createDirectory(drop.resolve("sub"));
    Files.createSymbolicLink(drop.resolve("sub/loop-link"), drop);
    Files.createSymbolicLink(drop.resolve("self-link"), Path.of("self-link"));
    run("mkfifo", drop.resolve("fifo.jpg").toString());
    Path socket = drop.resolve("s.jpg");
    try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      server.bind(UnixDomainSocketAddress.of(socket));

      aGoodFileGoesThrough();

      assertThat(sandbox.uploads()).extracting("name").containsExactly("good.jpg");
      assertThat(log.warnings())
          .hasSize(7)
          .anyMatch(line -> line.contains("file-link.jpg"))
          .anyMatch(line -> line.contains("folder-link"))
          .anyMatch(line -> line.contains("dangling-link.jpg"))
          .anyMatch(line -> line.contains("loop-link"))
          .anyMatch(line -> line.contains("self-link"))
          .anyMatch(line -> line.contains("fifo.jpg"))
          .anyMatch(line -> line.contains("s.jpg"));
    }
  }

  @Test
  void isNamedAgainIfItWentAndReturned() throws Exception {
    Path link = mediadrop.drop().resolve("link.jpg");
    for (int times = 1; times <= 2; times++) {
      Files.createSymbolicLink(link, elsewhere);
      int warnings = times;
      Running.patiently().until(() -> log.warningsWith("link.jpg").size() == warnings);
      aFewListings();
      Files.delete(link);
      aFewListings();
    }

    assertThat(log.warningsWith("link.jpg")).hasSize(2);
  }

  @Test
  void isNamedOnceIfItsNameIsNoText() throws Exception {
    run("sh", "-c", "printf x > \"$(printf '%s/latin1-\\344.jpg' '" + mediadrop.drop() + "')\"");

    aGoodFileGoesThrough();

    assertThat(log.warnings()).hasSize(1).allMatch(line -> line.contains("not in UTF-8"));
  }

  @Test
  void forgesNoLineOfTheLog() throws Exception {
    Files.createSymbolicLink(
        mediadrop.drop().resolve("x\n12:00:00 ERROR \u001b[31m\u202Eall is lost"), elsewhere);

    aGoodFileGoesThrough();

    assertThat(log.warnings())
        .hasSize(1)
        .allMatch(line -> line.codePoints().noneMatch(c -> c < 32 || c == 0x202E));
  }

  @Test
  void mayBeAFolderWithoutFiles() throws Exception {
    Files.createDirectories(mediadrop.drop().resolve("empty/folders"));

    aGoodFileGoesThrough();

    assertThat(mediadrop.drop().resolve("empty/folders")).isDirectory();
    assertThat(log.warnings()).isEmpty();
  }

  @Test
  void isNoMediaFileWithAColonInItsName() throws Exception {
    List<String> names =
        List.of("shot 10:00:00.jpg", "10:30.jpg", "a:data.jpg", "a\uf022b.jpg", "com.apple.jpg");
    for (String name : names) {
      mediadrop.put(name, 5000 + name.hashCode() % 1000);
    }
    mediadrop.awaitFiled(names.size());

    assertThat(sandbox.uploads()).extracting("name").containsExactlyInAnyOrderElementsOf(names);
  }

  private void aGoodFileGoesThrough() {
    mediadrop.put("good.jpg", 5000);
    mediadrop.awaitFiled(1);
    aFewListings();
  }

  private static void aFewListings() {
    Awaitility.await().pollDelay(Duration.ofMillis(500)).until(() -> true);
  }

  private void run(String... command) throws Exception {
    Process process = new ProcessBuilder(command).directory(elsewhere.toFile()).inheritIO().start();
    assertThat(process.waitFor()).isZero();
  }
}

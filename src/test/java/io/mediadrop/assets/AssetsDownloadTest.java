package io.mediadrop.assets;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.mediadrop.cli.Running;
import io.mediadrop.kit.Mediadrop;
import io.mediadrop.ledger.Event;
import io.mediadrop.ledger.EventType;
import io.mediadrop.ledger.Events;
import io.mediadrop.ledger.Ledger;
import io.mediadrop.media.MediaFiles;
import io.mediadrop.sandbox.Route;
import io.mediadrop.sandbox.Sandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.camel.Message;
import org.apache.camel.component.mock.MockEndpoint;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class AssetsDownloadTest {

  /** Where each item's file is, what its server calls it, and the name that it gets. */
  private static final List<List<String>> ITEMS =
      List.of(
          List.of("full", "/f/full", "video/mp4", "full.mp4"),
          List.of("full-source-1", "/f/s1.mov", "video/quicktime", "full-source-1.mov"),
          List.of("full-source-2", "/f/s2.mkv", "application/octet-stream", "full-source-2.mkv"),
          List.of("thumb", "/f/thumb", "image/jpeg; charset=x", "thumb.jpg"),
          List.of("preview", "/f/preview.JPG", "binary/octet-stream", "preview.jpg"),
          List.of("preview-option-1", "/f/o1", "image/png", "preview-option-1.png"),
          List.of("preview-option-2", "/f/o2.x/y", "no type", "preview-option-2"),
          List.of("square-preview", "/f/square.png", "IMAGE/WEBP", "square-preview.webp"),
          List.of("video-240", "/f/240.mp4", "video/mp4", "video-240.mp4"),
          List.of("video-720", "/f/720.mp4", "video/mp4", "video-720.mp4"),
          List.of("release-form-2", "/f/form", "application/pdf", "release-form-2.pdf"));

  @RegisterExtension final Mediadrop mediadrop = new Mediadrop();

  @TempDir Path elsewhere;
  private FileServer server;

  @BeforeEach
  void listen() throws Exception {
    server = mediadrop.closing(FileServer.start());
    for (List<String> item : ITEMS) {
      server.on(item.get(1), item.get(2), content(item.get(0)));
    }
    ;
  }

  private Mediadrop configured() {
    return mediadrop
        .impatiently()
        .with("mediadrop.archive.assets", "download")
        .with("mediadrop.assets.private-addresses", "true");
  }

  private static byte[] content(String item) {
    byte[] content = new byte[100_000 + item.length()];
    new Random(item.hashCode()).nextBytes(content);
    return content;
  }

  private String url(String item) {
    String path =
        ITEMS.stream().filter(known -> known.get(0).equals(item)).findFirst().orElseThrow().get(1);
    return "'url':'" + server.url(path) + "?sign=hush%2B" + item + "#x'";
  }

  private String media() {
    return """
    {'id':1,'type':'video','isReady':true,'files':{
      'full':{%s,'size':%d,'sources':[{%s},{%s,'size':0}]},
      'thumb':{%s,'size':-1},
      'preview':{%s,'size':'12','options':[{%s,'size':1e300},{%s}]},
      'squarePreview':{%s,'size':null}},
     'videoSources':{'240':%s,'720':%s,'1080':'file:///etc/passwd'},
     'releaseForms':[{'id':7,'name':'no file'},{%s}]}
    """
        .formatted(
            url("full"),
            content("full").length,
            url("full-source-1"),
            url("full-source-2"),
            url("thumb"),
            url("preview"),
            url("preview-option-1"),
            url("preview-option-2"),
            url("square-preview"),
            url("video-240").replace("'url':", ""),
            url("video-720").replace("'url':", ""),
            url("release-form-2"));
  }

  /** Uploads a file that the API answers with this media, and waits until all is done. */
  private void upload(Sandbox sandbox, String name, String media) throws Exception {
    sandbox.faults().next(Route.WHOLE, FileServer.answering(media));
    mediadrop.put(name, 1_000);
    mediadrop.awaitFiled(1);
  }

  private static String sha256(byte[] content) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
  }

  @Test
  void bringsEveryItemByteForByte() throws Exception {
    Sandbox sandbox = mediadrop.sandbox();
    configured().start();
    upload(sandbox, "a.jpg", media());

    JsonNode receipt = mediadrop.json("a.jpg.media.json");
    String day = receipt.path("archived").asText().replace("a.jpg", "");
    assertThat(receipt.path("assets")).hasSize(ITEMS.size());
    for (List<String> item : ITEMS) {
      String place = day + "a.jpg.assets/" + item.get(3);
      assertThat(sha256(Files.readAllBytes(mediadrop.archive().resolve(place))))
          .as(place)
          .isEqualTo(sha256(content(item.get(0))));
      assertThat(receipt.path("assets"))
          .filteredOn(line -> line.path("item").asText().equals(item.get(0)))
          .singleElement()
          .satisfies(line -> assertThat(line.path("archived").asText()).isEqualTo(place))
          .satisfies(
              line -> assertThat(line.path("size").asInt()).isEqualTo(content(item.get(0)).length));
      assertThat(server.calls(item.get(1))).as(item.get(1)).isOne();
    }
    assertThat(receipt.path("response").path("media").path("id").asInt()).isOne();
    assertThat(mediadrop.json("a.jpg.assets.json")).hasSize(ITEMS.size() + 2);
    assertThat(Running.filesIn(mediadrop.archive())).hasSize(ITEMS.size() + 3);
    assertThat(Running.filesIn(mediadrop.home().resolve("data/assets"))).isEmpty();
    assertThat(server.heads())
        .hasSize(ITEMS.size())
        .allSatisfy(
            head ->
                assertThat(head.lines().skip(1).map(line -> line.replaceFirst(":.*", "")))
                    .containsExactlyInAnyOrder("Host", "Connection", "User-Agent"))
        .anyMatch(head -> head.startsWith("GET /f/full?sign=hush%2Bfull HTTP/1.1\n"));
  }

  @Test
  void fetchesOnlyWhatIsMissingWhenItTriesAgain() throws Exception {
    server.on(
        "/f/thumb",
        (number, out) -> {
          if (number < 3) {
            FileServer.say(out, "503 Busy", "Content-Length: 0");
          } else {
            FileServer.send(out, "image/jpeg", content("thumb"));
          }
        });
    Sandbox sandbox = mediadrop.sandbox();
    configured().start();
    upload(sandbox, "a.jpg", media());

    assertThat(ITEMS)
        .allSatisfy(
            item ->
                assertThat(server.calls(item.get(1)))
                    .isEqualTo(item.get(0).equals("thumb") ? 3 : 1));
    assertThat(mediadrop.json("a.jpg.media.json").path("assets")).hasSize(ITEMS.size());
    assertThat(sandbox.uploads()).hasSize(1);
  }

  @Test
  void goesToAnotherArchiveWithTheReceipt() throws Exception {
    Sandbox sandbox = mediadrop.sandbox();
    configured().with("mediadrop.archive.uri", "file:" + elsewhere + "?fileExist=Override").start();
    upload(sandbox, "a.jpg", media());

    assertThat(Running.filesIn(elsewhere)).hasSize(ITEMS.size() + 2);
    for (List<String> item : ITEMS) {
      assertThat(find(elsewhere, "a.jpg.assets/" + item.get(3)))
          .hasBinaryContent(content(item.get(0)));
    }
    assertThat(find(elsewhere, "a.jpg.media.json"))
        .hasSameTextualContentAs(find(mediadrop.archive(), "a.jpg.media.json"))
        .content()
        .contains("square-preview.webp");
    assertThat(Running.filesIn(mediadrop.archive())).hasSize(2);
    assertThat(Running.filesIn(mediadrop.home().resolve("data/assets"))).isEmpty();
  }

  private static Path find(Path folder, String end) {
    return folder.resolve(
        Running.filesIn(folder).stream().filter(file -> file.endsWith(end)).findFirst().get());
  }

  /** A folder of the user's own may be called just like the one for the files. */
  @Test
  void replacesNothingThatHasItsName() throws Exception {
    String media = "{'id':1,'isReady':true,'files':{'thumb':{" + url("thumb") + "}}}";
    Sandbox sandbox = mediadrop.sandbox();
    configured().start();
    Files.createDirectories(mediadrop.drop().resolve("a.jpg.assets"));
    Files.createDirectories(mediadrop.drop().resolve("b.jpg~2.assets"));
    mediadrop.put("a.jpg.assets/thumb.jpg", 2_000, 1);
    MediaFiles.write(mediadrop.drop().resolve("b.jpg.assets"), "jpg", 3_000, 2);
    mediadrop.awaitFiled(2);
    byte[] own = Files.readAllBytes(find(mediadrop.archive(), "a.jpg.assets/thumb.jpg"));
    byte[] file = Files.readAllBytes(find(mediadrop.archive(), "/b.jpg.assets"));
    sandbox.faults().next(Route.WHOLE, FileServer.answering(media));
    mediadrop.put("a.jpg", 1_000, 3);
    mediadrop.awaitFiled(3);
    sandbox.faults().next(Route.WHOLE, FileServer.answering(media));
    mediadrop.put("b.jpg", 1_000, 4);
    mediadrop.awaitFiled(4);
    mediadrop.put("b.jpg~2.assets/thumb.jpg", 2_000, 5);
    mediadrop.awaitFiled(5);

    assertThat(find(mediadrop.archive(), "a.jpg.assets/thumb.jpg")).hasBinaryContent(own);
    assertThat(find(mediadrop.archive(), "/b.jpg.assets")).hasBinaryContent(file);
    assertThat(
            Stream.of("a.jpg.assets/thumb~2.jpg", "b.jpg~2.assets/thumb.jpg")
                .map(end -> find(mediadrop.archive(), end)))
        .allSatisfy(place -> assertThat(place).hasBinaryContent(content("thumb")));
    assertThat(find(mediadrop.archive(), "b.jpg~2.assets/thumb~2.jpg")).hasSize(2_000);
  }

  /** What becomes known of a media after its upload brings the files that were not there before. */
  @Test
  void followsTheAnswerThatIsInTheLedger() throws Exception {
    String early =
        "{'id':1,'isReady':false,'files':{'full':{%s},'preview':{'url':'%s'},'thumb':null}}";
    String later =
        "{'id':1,'isReady':true,'files':{'full':{%s},'preview':{%s},'thumb':{%s}}}"
            .formatted(url("full").replace("hush", "anew"), url("preview"), url("thumb"));
    Sandbox sandbox = mediadrop.sandbox();
    configured().start();
    upload(sandbox, "a.jpg", early.formatted(url("full"), server.url("/not-yet")));
    assertThat(mediadrop.json("a.jpg.media.json").path("assets"))
        .anyMatch(line -> line.path("refused").asText().contains("404"));

    Ledger ledger = mediadrop.bean("ledger", Ledger.class);
    Events events = ledger.events();
    ledger.write(
        handle -> {
          long drop = handle.createQuery("SELECT id FROM drops").mapTo(Long.class).one();
          handle.execute(
              "UPDATE uploads SET answer = ?", "{\"media\":" + later.replace('\'', '"') + "}");
          // as if it had been killed between the archive and the ledger
          handle.execute("UPDATE assets SET archived_at = NULL WHERE item = 'full'");
          events.recordForArchive(handle, Event.ofDrop(EventType.MEDIA_READY, drop, 1, null));
          return drop;
        });
    mediadrop.awaitFiled(1);

    Map<String, String> places = new LinkedHashMap<>();
    JsonNode receipt = mediadrop.json("a.jpg.media.json");
    receipt
        .path("assets")
        .forEach(
            line -> {
              assertThat(line.has("refused")).isFalse();
              places.put(line.path("item").asText(), line.path("archived").asText());
            });
    assertThat(places).containsOnlyKeys("full", "preview", "thumb");
    assertThat(mediadrop.archive().resolve(places.get("preview")))
        .hasBinaryContent(content("preview"));
    assertThat(receipt.path("response").path("media").path("isReady").asBoolean()).isTrue();
    assertThat(receipt.path("archived").asText()).endsWith("/a.jpg");
    assertThat(server.calls("/f/full")).as("it was archived already").isOne();
    assertThat(server.calls("/f/thumb")).isOne();
  }

  @Test
  void isNotFetchedAgainBecauseTheArchiveDoesNotTakeIt() throws Exception {
    String media = "{'id':1,'isReady':true,'files':{'thumb':{" + url("thumb") + "}}}";
    Map<String, byte[]> taken = new ConcurrentHashMap<>();
    AtomicInteger refusals = new AtomicInteger(2);
    Sandbox sandbox = mediadrop.sandbox();
    configured().with("mediadrop.archive.uri", "mock:archive").start();
    mediadrop
        .context()
        .getEndpoint("mock:archive", MockEndpoint.class)
        .whenAnyExchangeReceived(
            exchange -> {
              Message message = exchange.getMessage();
              assertThat(message.getHeaders()).containsOnlyKeys("CamelFileName");
              String name = message.getHeader("CamelFileName", String.class);
              if (name.endsWith("/thumb.jpg") && refusals.getAndDecrement() > 0) {
                throw new IOException("no room");
              }
              taken.put(
                  name.substring(name.indexOf("a.jpg")), message.getMandatoryBody(byte[].class));
            });
    upload(sandbox, "a.jpg", media);

    assertThat(taken)
        .containsOnlyKeys("a.jpg.assets.json", "a.jpg.assets/thumb.jpg", "a.jpg.media.json");
    assertThat(taken.get("a.jpg.assets/thumb.jpg")).isEqualTo(content("thumb"));
    assertThat(new String(taken.get("a.jpg.media.json"))).contains("a.jpg.assets/thumb.jpg");
    assertThat(refusals).hasNegativeValue();
    assertThat(server.calls("/f/thumb")).isOne();
    assertThat(Running.filesIn(mediadrop.home().resolve("data/assets"))).isEmpty();
  }
}

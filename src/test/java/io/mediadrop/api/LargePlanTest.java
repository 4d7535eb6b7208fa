package io.mediadrop.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediadrop.kit.Mediadrop;
import io.mediadrop.media.MediaFiles;
import io.mediadrop.net.RawServer;
import io.mediadrop.sandbox.Call;
import io.mediadrop.sandbox.Faults;
import io.mediadrop.sandbox.Route;
import io.mediadrop.sandbox.Sandbox;
import io.mediadrop.sandbox.SandboxOptions;
import io.mediadrop.sandbox.When;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LargePlanTest {

  private static final long SIZE = 60L << 30;

  @RegisterExtension final Mediadrop mediadrop = new Mediadrop();

  @TempDir Path outside;

  @Test
  void isReadWhateverItsLengthWhereItsFileIsAsLarge() throws Exception {
    SandboxOptions options = SandboxOptions.defaults().withPartSize(6 << 20);
    Sandbox sandbox = mediadrop.sandbox(options);
    mediadrop.start();
    // nobody has the time to send it all
    sandbox.faults().on(When.route(Route.PART), Faults.refuse(415, "UNSUPPORTED"));
    Path file = MediaFiles.write(outside.resolve("a.mp3"), 10_000);
    byte[] sound = Files.readAllBytes(file);
    try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
      sparse.seek(SIZE - sound.length);
      sparse.write(sound);
    }
    Files.move(file, mediadrop.drop().resolve("a.mp3"));
    mediadrop.awaitFailed(1);

    assertThat(sandbox.calls())
        .extracting(Call::route)
        .startsWith(Route.INIT, Route.PART)
        .containsOnlyOnce(Route.INIT);
  }

  /** A plan of so many parts of a byte each, at addresses of this length. */
  private static String plan(int port, int parts, int address) {
    StringBuilder json =
        new StringBuilder(
            "{\"mediaUploadId\":\"upload:1\",\"uploadType\":\"multipart\",\"totalParts\":%d,\"partSize\":1,\"parts\":["
                .formatted(parts));
    for (int part = 1; part <= parts; part++) {
      String url =
          "http://127.0.0.1:%d/v2/access/uploads/upload%%3A1/parts/%d?sig=a%%2Bb+c&x="
              .formatted(port, part);
      json.append(part == 1 ? "" : ",")
          .append("{\"partNumber\":")
          .append(part)
          .append(",\"uploadUrl\":\"")
          .append(url)
          .append("x".repeat(Math.max(0, address - url.length())))
          .append("\",\"byteRange\":{\"start\":%d,\"end\":%d}}".formatted(part - 1, part - 1));
    }
    return json.append("]}").toString();
  }

  private List<RawServer.Request> calls(int parts, int address, String reason) throws Exception {
    RawServer api = mediadrop.closing(new RawServer());
    mediadrop
        .with("mediadrop.upload.parts-in-flight", "1")
        .with("mediadrop.api.base-url", "http://127.0.0.1:" + api.port())
        .start();
    String plan = plan(api.port(), parts, address);
    api.answering(
        call ->
            call.line().contains("/init")
                ? RawServer.answer(200, "OK", "", plan)
                : RawServer.answer(415, "No", "", "{\"type\":\"UNSUPPORTED\"}"));
    mediadrop.put("a.mp3", parts);
    mediadrop.awaitFailed(1);

    assertThat(mediadrop.failed().resolve("default/a.mp3.reason.txt")).content().contains(reason);
    return List.copyOf(api.requests());
  }

  @ParameterizedTest
  @CsvSource({"10001, 100", "10001, 1600", "20000, 1600", "3000, 8000", "100000, 120"})
  void isFollowedToTheLetterWhereItsFileIsSmall(int parts, int address) throws Exception {
    List<RawServer.Request> calls = calls(parts, address, "UNSUPPORTED");

    assertThat(calls).hasSize(2);
    assertThat(calls.get(1).line())
        .startsWith("PUT /v2/access/uploads/upload%3A1/parts/1?sig=a%2Bb+c&x=x")
        .hasSizeGreaterThan(address - 40);
  }

  @ParameterizedTest
  @CsvSource({
    "100001, 100, it has more than 100000 parts",
    "1500, 9000, it names an address of more than 8192 characters",
    "40000, 1600, it is larger than 32 MiB"
  })
  void isRefusedAtOnceWithAReasonWhereNobodyCouldFollowIt(int parts, int address, String reason)
      throws Exception {
    assertThat(calls(parts, address, "the API's upload plan was refused: " + reason)).hasSize(1);
  }
}

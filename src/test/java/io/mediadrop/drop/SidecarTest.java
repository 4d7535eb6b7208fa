package io.mediadrop.drop;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.mediadrop.delivery.SidecarReader;
import io.mediadrop.file.FileStamp;
import io.mediadrop.file.SidecarNames;
import io.mediadrop.lane.Lane;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a sidecar may say. */
class SidecarTest {

  private static final String KEY = "sk_test_0123456789";

  @TempDir Path folder;
  private final Lane lane = new Lane();

  @BeforeEach
  void giveTheLaneItsSecrets() {
    lane.setApiKey(KEY);
    lane.setConnectionId("conn_test_0123456789");
  }

  private Sidecar read(byte[] content) throws IOException {
    Path file = Files.write(folder.resolve("a.jpg.meta.json"), content);
    return new SidecarReader().read(file, FileStamp.of(file), lane);
  }

  private Sidecar read(String content) throws IOException {
    return read(content.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void comesThroughTheLedgerToTheLetter() throws IOException {
    String data =
        "{\"big\":123456789012345678901234567890,\"exact\":1.10,\"huge\":1E+9999,\"deep\":[[{}]],"
            + "\"text\":\"${java:os} {{mediadrop.api.key}} \\u0000 \\u202E ü 🎞\",\"none\":null}";
    Sidecar sidecar =
        read(
            "{\"reference\":\"order \\u0007 17\",\"data\":"
                + data
                + ",\"mediaUploadId\":\"up:1\"}");
    assertThat(sidecar.mistake()).isNull();

    Sidecar again = SidecarJson.ofColumn(SidecarJson.toColumn(sidecar));

    assertThat(again).isEqualTo(sidecar);
    assertThat(again.reference()).isEqualTo("order \u0007 17");
    assertThat(again.data().toString()).isEqualTo(data.replace("\\u202E", "\u202E"));
    assertThat(again.mediaUploadId()).isEqualTo("up:1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{\"reference\":null,\"data\":null,\"mediaUploadId\":null}"})
  void maySayNothing(String nothing) throws IOException {
    Sidecar sidecar = read(nothing);

    assertThat(sidecar.mistake()).isNull();
    assertThat(SidecarJson.ofColumn(SidecarJson.toColumn(sidecar))).isEqualTo(sidecar);
    assertThat(sidecar.data()).isNull();
  }

  @Test
  void mayBeginWithTheMarkThatWindowsWrites() throws IOException {
    assertThat(read("\uFEFF{\"reference\":\"1\"}").reference()).isEqualTo("1");
  }

  @Test
  void mayBeAsLongAsItsBounds() throws IOException {
    String reference = "r".repeat(500);
    String data = "[\"" + "d".repeat(8_000 - 4) + "\"]";
    Sidecar sidecar = read("{\"reference\":\"" + reference + "\",\"data\":" + data + "}");

    assertThat(sidecar.mistake()).isNull();
    assertThat(sidecar.reference()).isEqualTo(reference);
    assertThat(new ObjectMapper().writeValueAsBytes(sidecar.data())).hasSize(8_000);
  }

  static Stream<Arguments> mistakes() {
    String deep = "[".repeat(100_000);
    return Stream.of(
        Arguments.of("", "it is empty"),
        Arguments.of("  \n", "it is empty"),
        Arguments.of("{\"reference\":\n  oops}", "in line 2, column"),
        Arguments.of("{\"reference\":\"half", "in line 1, column"),
        Arguments.of("{} {}", "in line 1, column"),
        Arguments.of("{'reference':'a'}", "in line 1, column 2"),
        Arguments.of("\"text\"", "it is a string, not an object"),
        Arguments.of("[]", "it is an array, not an object"),
        Arguments.of("null", "it is a null, not an object"),
        Arguments.of("{\"referense\":\"a\"}", "'referense' has no meaning there"),
        Arguments.of("{\"reference\":\"a\",\"reference\":\"b\"}", "in line 1"),
        Arguments.of("{\"reference\":17}", "reference is a number, not a text"),
        Arguments.of("{\"reference\":[\"a\"]}", "reference is an array, not a text"),
        Arguments.of("{\"reference\":\"" + "r".repeat(501) + "\"}", "reference has 501 characters"),
        Arguments.of("{\"reference\":\"\\ud83d\"}", "reference has a \\u escape"),
        Arguments.of("{\"data\":\"" + "d".repeat(7_999) + "\"}", "data has 8001 bytes"),
        Arguments.of("{\"data\":\"" + "ü".repeat(4_000) + "\"}", "data has 8002 bytes"),
        Arguments.of("{\"data\":[\"\\ud83d\"]}", "data has a \\u escape"),
        Arguments.of("{\"data\":" + "9".repeat(2_000) + "}", "Number value length (2000) exceeds"),
        Arguments.of("{\"data\":" + deep.substring(0, 50_000) + "}", "nesting depth (33) exceeds"),
        Arguments.of("{\"data\":" + deep + "}", "it has 100009 bytes, more than 65536"),
        Arguments.of("{\"mediaUploadId\":17}", "mediaUploadId is a number, not a text"),
        Arguments.of("{\"mediaUploadId\":\"\"}", "mediaUploadId is none"),
        Arguments.of("{\"mediaUploadId\":\"..\"}", "mediaUploadId is none"),
        Arguments.of("{\"mediaUploadId\":\"init\"}", "mediaUploadId is none"),
        Arguments.of("{\"mediaUploadId\":\"a/../../b\"}", "mediaUploadId is none"),
        Arguments.of("{\"mediaUploadId\":\"a\\r\\nb\"}", "mediaUploadId is none"),
        Arguments.of("{\"mediaUploadId\":\"" + "i".repeat(201) + "\"}", "mediaUploadId is none"));
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void saysWhatIsWrongAndWhatToWrite(String content, String what) throws IOException {
    Sidecar sidecar = read(content);

    assertThat(sidecar.mistake().what()).contains(what).hasSizeLessThan(300);
    assertThat(sidecar.mistake().remedy()).isNotBlank();
    assertThat(sidecar)
        .extracting(Sidecar::reference, Sidecar::data, Sidecar::mediaUploadId)
        .containsOnlyNulls();
    assertThat(SidecarJson.ofColumn(SidecarJson.toColumn(sidecar))).isEqualTo(sidecar);
  }

  @Test
  void isWrongWhereItIsNoText() throws IOException {
    assertThat(read(new byte[] {'{', '"', (byte) 0xFF, (byte) 0xFE, '"'}).mistake().what())
        .contains("it is no JSON that can be read");
  }

  @Test
  void passesNoSecretOfTheLaneThrough() throws IOException {
    Sidecar sidecar =
        read("{\"reference\":\"" + KEY + "\",\"data\":{\"a\":[\"my conn_test_0123456789\"]}}");
    assertThat(SidecarJson.toColumn(sidecar)).doesNotContain("0123456789").contains("(key)");

    Sidecar wrong = read("{\"" + KEY + "\":1}");
    assertThat(SidecarJson.toColumn(wrong)).doesNotContain("0123456789").contains("(key)");
  }

  @Test
  void isReadOnlyAsItHadSettled() throws IOException {
    Path file = Files.writeString(folder.resolve("a.jpg.meta.json"), "{}");
    FileStamp settled = FileStamp.of(file);
    Files.writeString(file, "{\"reference\":\"1\"}");

    assertThat(new SidecarReader().read(file, settled, lane)).isNull();
  }

  @Test
  void isNamedAfterItsMediaFileToTheLetter() {
    assertThat(SidecarNames.of(Path.of("in/a b.jpg"))).hasToString("in/a b.jpg.meta.json");
    assertThat(SidecarNames.mediaOf(Path.of("in/a b.jpg.meta.json"))).hasToString("in/a b.jpg");
    assertThat(SidecarNames.isSidecar("a.jpg.meta.json")).isTrue();
    assertThat(SidecarNames.isSidecar("a.jpg.META.json")).isFalse();
    assertThat(SidecarNames.isSidecar("a.jpg.media.json")).isFalse();
  }
}

package io.mediadrop.archive;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.mediadrop.file.Home;
import io.mediadrop.kit.Mediadrop;
import io.mediadrop.ledger.Ledger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What was not yet on the disk when the power went is there as a name, and empty or half. */
class LostReceiptsTest {

  @RegisterExtension final Mediadrop mediadrop = new Mediadrop();
  private Path receipt;
  private JsonNode whole;

  @BeforeEach
  void file() throws Exception {
    mediadrop.start();
    mediadrop.put("photo.jpg", 1_000);
    mediadrop.awaitFiled(1);
    receipt = mediadrop.archived("photo.jpg.media.json");
    whole = mediadrop.json("photo.jpg.media.json");
  }

  private Ledger ledger() {
    return mediadrop.bean("ledger", Ledger.class);
  }

  private long unsynced() {
    return ledger()
        .read(
            handle -> handle.createQuery("SELECT COUNT(*) FROM unsynced").mapTo(Long.class).one());
  }

  private void startOfTheMachine() {
    ledger().write(handle -> handle.execute("UPDATE unsynced SET mounting = mounting + 1"));
    look();
  }

  private void look() {
    mediadrop.bean("archive", Archive.class).syncReceipts();
  }

  @Test
  void areMadeAgainWhereTheyAreEmpty() throws Exception {
    Files.write(receipt, new byte[0]);
    startOfTheMachine();
    assertThat(mediadrop.json("photo.jpg.media.json")).isEqualTo(whole);
    assertThat(unsynced()).isZero();
  }

  @Test
  void comeWithTheirItems() throws Exception {
    Path items = mediadrop.archived("photo.jpg.assets.json");
    JsonNode before = mediadrop.json("photo.jpg.assets.json");
    Files.write(items, new byte[10]);
    startOfTheMachine();
    assertThat(mediadrop.json("photo.jpg.assets.json")).isEqualTo(before);
    Files.delete(items);
    startOfTheMachine();
    assertThat(items).as("somebody has removed it").doesNotExist();
  }

  @Test
  void areMadeAgainWhereTheyEndInTheMiddle() throws Exception {
    byte[] content = Files.readAllBytes(receipt);
    Files.write(receipt, java.util.Arrays.copyOf(content, content.length - 3));
    startOfTheMachine();
    assertThat(mediadrop.json("photo.jpg.media.json")).isEqualTo(whole);
  }

  @Test
  void areMadeAgainWhereTheirNamesAreGoneAndTheOriginalIsThere() throws Exception {
    Files.delete(receipt);
    startOfTheMachine();
    assertThat(mediadrop.json("photo.jpg.media.json")).isEqualTo(whole);
  }

  @Test
  void areMadeAgainWithWhatTheApiHasSaidSince() throws Exception {
    Files.write(receipt, new byte[0]);
    ledger().write(handle -> handle.execute("UPDATE uploads SET given_up_at = 1000"));
    startOfTheMachine();
    assertThat(mediadrop.json("photo.jpg.media.json").path("givenUpAt").asText())
        .isEqualTo("1970-01-01T00:00:01Z");
  }

  @Test
  void stayAwayWhereSomebodyHasRemovedThemWithTheirOriginals() throws Exception {
    Files.delete(receipt);
    Files.delete(mediadrop.archived("photo.jpg"));
    startOfTheMachine();
    assertThat(receipt).doesNotExist();
    assertThat(unsynced()).isZero();
  }

  @Test
  void leaveAnothersAlone() throws Exception {
    String another = "{\"file\": \"photo.jpg\", \"uploadedAt\": \"2020-01-01T00:00:00Z\"}";
    Files.writeString(receipt, another);
    startOfTheMachine();
    assertThat(receipt).hasContent(another);
    mediadrop
        .bean("archive", Archive.class)
        .renewReceipt(
            mediadrop
                .bean("uploadRecords", io.mediadrop.ledger.UploadRecords.class)
                .ofDrop(whole.path("id").asLong()));
    assertThat(receipt).hasContent(another);
  }

  @Test
  void areMadeAgainWhereTheArchivesDiskWasAwayMeanwhile() throws Exception {
    Files.write(receipt, new byte[0]);
    Path aside = mediadrop.home().resolve("aside");
    Files.move(mediadrop.archive(), aside);
    look();
    Files.move(aside, mediadrop.archive());
    look();
    assertThat(mediadrop.json("photo.jpg.media.json")).isEqualTo(whole);
  }

  @Test
  void areSyncedOnceTheSystemHasWrittenThem() throws Exception {
    look();
    assertThat(unsynced()).as("too early").isOne();
    ledger().write(handle -> handle.execute("UPDATE unsynced SET written_at = written_at - 40000"));
    look();
    assertThat(unsynced()).isZero();
  }

  @Test
  void areSyncedAtAStop() throws Exception {
    mediadrop.restart();
    assertThat(unsynced()).isZero();
  }

  @Test
  void areMadeAgainWhereTheDiskHasFailed() throws IOException {
    Files.write(receipt, new byte[] {'{'});
    mediadrop.bean("home", Home.class).disks().mounting().doubt();
    look();
    assertThat(mediadrop.json("photo.jpg.media.json")).isEqualTo(whole);
  }
}

package io.mediadrop.archive;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.mediadrop.cli.Running;
import io.mediadrop.kit.Mediadrop;
import io.mediadrop.ledger.Ledger;
import io.mediadrop.ledger.Unfiled;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The items of an answer are written with the original where the archive is the home's own. */
class FiledItemsTest {

  @RegisterExtension final Mediadrop mediadrop = new Mediadrop();

  private List<String> names() throws Exception {
    return Running.filesIn(mediadrop.archive()).stream()
        .map(file -> file.substring(file.lastIndexOf('/') + 1))
        .sorted()
        .toList();
  }

  private void file() throws Exception {
    mediadrop.start();
    mediadrop.put("a.jpg", 1_000);
    mediadrop.awaitFiled(1);
  }

  private List<String> told() {
    return mediadrop
        .bean("ledger", Ledger.class)
        .read(
            handle -> handle.createQuery("SELECT name FROM endpoints").mapTo(String.class).list());
  }

  @Test
  void areThereWhenTheDropCountsAsFiled() throws Exception {
    mediadrop.start();
    mediadrop.put("a.jpg", 1_000);
    Running.patiently().until(() -> mediadrop.drops("FILED") == 1);
    assertThat(names()).containsExactly("a.jpg", "a.jpg.assets.json", "a.jpg.media.json");
    JsonNode items = mediadrop.json("a.jpg.assets.json");
    assertThat(items.isArray()).isTrue();
    assertThat(items.findValuesAsText("item")).contains("media", "full", "thumb");
    assertThat(told()).doesNotContain("archive");
  }

  @Test
  void areDocumentsOfTheirOwnWhereThatIsWanted() throws Exception {
    mediadrop.with("mediadrop.archive.assets", "documents");
    file();
    assertThat(names())
        .contains("a.jpg.media.assets.json", "a.jpg.thumb.assets.json")
        .doesNotContain("a.jpg.assets.json");
  }

  @Test
  void areNotThereWhereNoneAreWanted() throws Exception {
    mediadrop.with("mediadrop.archive.assets", "off");
    file();
    assertThat(names()).containsExactly("a.jpg", "a.jpg.media.json");
  }

  @Test
  void areServedByTheOutboxWhereTheAddressAsksForMore() throws Exception {
    mediadrop.with(
        "mediadrop.archive.uri", "file:" + mediadrop.archive() + "?fileExist=Override&chmod=640");
    file();
    assertThat(names()).contains("a.jpg.assets.json");
    assertThat(Files.getPosixFilePermissions(mediadrop.archived("a.jpg.assets.json"))).hasSize(3);
    assertThat(told()).contains("archive");
  }

  @Test
  void areSplitOnceMoreAfterACrash() throws Exception {
    file();
    Path items = mediadrop.archived("a.jpg.assets.json");
    JsonNode whole = mediadrop.json("a.jpg.assets.json");
    Files.delete(items);
    assertThat(
            mediadrop
                .bean("archive", Archive.class)
                .putAway(
                    Unfiled.again(mediadrop.bean("ledger", Ledger.class), "archive_path NOT NULL")
                        .get(0)))
        .isTrue();
    assertThat(mediadrop.json("a.jpg.assets.json")).isEqualTo(whole);
  }
}

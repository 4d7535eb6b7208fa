package io.mediadrop.notify;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediadrop.cli.Running;
import io.mediadrop.kit.Mediadrop;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A ledger that an earlier mediadrop has left with something to tell. */
class OlderLedgerTest {

  private static final String DROP =
      "INSERT INTO drops (id, lane, connection, source, path, size, modified, file_key, state,"
          + " checksum, media_upload_id, answer, archive_path, claimed_at, uploaded_at, filed_at)"
          + " VALUES ('d1', 'default', 'c', '/gone/a.jpg', 'a.jpg', 1000, 1, '', 'FILED',"
          + " '9e107d9d372bb6826bd81d3542a419d6', 'upload:1',"
          + " '{\"media\":{\"id\":7,\"type\":\"photo\",\"isReady\":true}}',"
          + " 'default/2026/11/22/a.jpg', 1, 2, 3)";

  private static final String TOLD =
      "INSERT INTO outbox (id, drop_id, endpoint, due_at) VALUES"
          + " ('evt_00000000000000000000000000000001', 'd1', 'archive', 3),"
          + " ('evt_00000000000000000000000000000002', 'd1', 'notify.default', 3)";

  @RegisterExtension final Mediadrop mediadrop = new Mediadrop();

  @Test
  void isToldToTheEndUnderItsOwnEventId() throws Exception {
    String url =
        "jdbc:sqlite:" + Files.createDirectories(mediadrop.home().resolve("data")) + "/ledger.db";
    Flyway.configure()
        .dataSource(url, null, null)
        .locations("io/mediadrop/ledger/migration")
        .target("1")
        .load()
        .migrate();
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      statement.execute(DROP);
      statement.execute(TOLD);
    }

    WebhookEndpoint webhook = mediadrop.webhook();
    mediadrop.start();
    mediadrop.awaitFiled(1);

    assertThat(webhook.messages())
        .extracting(WebhookEndpoint.Message::id)
        .containsExactly("evt_00000000000000000000000000000002");
    assertThat(webhook.types()).containsExactly("media.uploaded");
    assertThat(Running.filesIn(mediadrop.archive()))
        .containsExactly("default/2026/11/22/a.jpg.assets.json");
  }
}

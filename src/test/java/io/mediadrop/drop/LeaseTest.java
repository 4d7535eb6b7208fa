package io.mediadrop.drop;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.mediadrop.ledger.Ledger;
import io.mediadrop.ledger.OpenLedger;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An upload in parts that takes longer than its claim lasts. */
class LeaseTest {

  @TempDir Path folder;

  @Test
  void isRenewedWhileTheApiTakesParts() throws Exception {
    try (OpenLedger opened = OpenLedger.in(folder)) {
      Ledger ledger = opened.ledger();
      ledger.write(
          handle ->
              handle.execute(
                  "INSERT INTO drops (id, lane, connection, source, path, size, modified, file_key,"
                      + " state, owner, lease_until, attempts, claimed_at) VALUES ('1', 'default',"
                      + " 'c', '/drop/a.mp4', 'a.mp4', 1, 1, '', 'OPENED', 'somebody', ?, 1, 1)",
                  Instant.now().plusSeconds(60).toEpochMilli()));
      Drop drop = ledger.in(DropState.OPENED).get(0);

      Part part = new Part(1, "http://127.0.0.1/parts/1", 0, 1);
      ledger.acknowledged(JsonNodeFactory.instance.objectNode(), drop, part, "00");

      assertThat(ledger.isOwned(drop, Instant.now().plus(Duration.ofMinutes(14)))).isTrue();
    }
  }
}

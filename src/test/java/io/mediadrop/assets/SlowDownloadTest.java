package io.mediadrop.assets;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediadrop.cli.Running;
import io.mediadrop.kit.Mediadrop;
import io.mediadrop.sandbox.Route;
import io.mediadrop.sandbox.Sandbox;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.concurrent.CountDownLatch;
import org.apache.camel.component.mock.MockEndpoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SlowDownloadTest {

  @RegisterExtension final Mediadrop mediadrop = new Mediadrop();

  private static String media(String url) {
    return "{'id':1,'isReady':true,'files':{'full':{'url':'" + url + "'}}}";
  }

  @Test
  void delaysNothingElseAndEndsWithAStop() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    Sandbox sandbox = mediadrop.sandbox();
    FileServer server = mediadrop.closing(FileServer.start());
    server.on(
        "/slow",
        (number, out) -> {
          FileServer.say(out, "200 OK", "Content-Length: 1000000");
          out.write(new byte[1000]);
          never.await();
        });
    server.on("/fast", "image/jpeg", new byte[1000]);
    mediadrop
        .impatiently()
        .with("mediadrop.archive.assets", "download")
        .with("mediadrop.assets.private-addresses", "true")
        .with("mediadrop.notify.uri", "mock:subscriber")
        .start();
    sandbox.faults().next(Route.WHOLE, FileServer.answering(media(server.url("/slow"))));
    mediadrop.put("slow.jpg", 1_000);
    Running.patiently().until(() -> server.calls("/slow") == 1);
    sandbox.faults().next(Route.WHOLE, FileServer.answering(media(server.url("/fast"))));
    mediadrop.put("fast.jpg", 1_000, 1);
    Running.patiently().until(() -> mediadrop.drops("FILED") == 2 && mediadrop.undelivered() == 1);

    assertThat(Running.filesIn(mediadrop.archive()))
        .hasSize(7)
        .anyMatch(file -> file.endsWith("/fast.jpg.assets/full.jpg"));
    assertThat(
            mediadrop
                .context()
                .getEndpoint("mock:subscriber", MockEndpoint.class)
                .getReceivedCounter())
        .isEqualTo(2);

    mediadrop.stop();
    // the next start fetches it, and the stop has cost no attempt
    assertThat(open()).isEqualTo("assets 0");
  }

  private String open() throws Exception {
    try (Connection ledger =
            DriverManager.getConnection(
                "jdbc:sqlite:" + mediadrop.home().resolve("data/ledger.db"));
        Statement statement = ledger.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT e.name || ' ' || o.attempts FROM outbox o JOIN endpoints e ON e.n = o.endpoint")) {
      assertThat(row.next()).isTrue();
      return row.getString(1);
    }
  }
}

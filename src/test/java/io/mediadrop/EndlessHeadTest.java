package io.mediadrop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mediadrop.api.ApiClient;
import io.mediadrop.assets.FileServer;
import io.mediadrop.notify.WebhookClient;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.camel.component.http.HttpClientConfigurer;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.junit.jupiter.api.Test;

/** An answer that never gets to its content. */
class EndlessHeadTest {

  private static final int MUCH = 64 << 20;

  @Test
  void isNotReadToItsEndFromTheApi() throws Exception {
    ApiClient api = new ApiClient();
    api.open();
    assertThatLittleIsRead(api);
    api.close();
  }

  @Test
  void isNotReadToItsEndFromAWebhook() throws Exception {
    WebhookClient webhook = new WebhookClient();
    webhook.setTimeout("60s");
    webhook.open();
    assertThatLittleIsRead(webhook);
    webhook.close();
  }

  private static void endless(OutputStream out, AtomicLong sent) throws IOException {
    byte[] letters = new byte[1 << 16];
    Arrays.fill(letters, (byte) 'a');
    out.write("HTTP/1.1 200 OK\r\nX: ".getBytes());
    while (sent.addAndGet(letters.length) < MUCH) {
      out.write(letters);
    }
  }

  private static void assertThatLittleIsRead(HttpClientConfigurer configurer) throws Exception {
    AtomicLong sent = new AtomicLong();
    HttpClientBuilder builder = HttpClientBuilder.create();
    configurer.configureHttpClient(builder);
    try (FileServer server = FileServer.start().on("/", (n, out) -> endless(out, sent));
        CloseableHttpClient client = builder.build()) {
      HttpPost call = new HttpPost(server.url("/"));

      assertThatThrownBy(() -> client.execute(call, answer -> answer.getCode()))
          .hasMessageContaining("line length limit");
    }
    assertThat(sent).hasValueLessThan(MUCH);
  }
}

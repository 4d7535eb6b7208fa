package io.mediadrop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mediadrop.api.ApiClient;
import io.mediadrop.assets.FileServer;
import io.mediadrop.net.WebAddress;
import io.mediadrop.net.WebPosts;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.junit.jupiter.api.Test;

/** An answer that never gets to its content. */
class EndlessHeadTest {

  private static final int MUCH = 64 << 20;

  @Test
  void isNotReadToItsEndFromTheApi() throws Exception {
    ApiClient api = new ApiClient();
    api.open();
    HttpClientBuilder builder = HttpClientBuilder.create();
    api.configureHttpClient(builder);
    try (CloseableHttpClient client = builder.build()) {
      assertThatLittleIsRead(url -> client.execute(new HttpPost(url), answer -> answer.getCode()));
    }
    api.close();
  }

  @Test
  void isNotReadToItsEndFromAWebhook() throws Exception {
    WebPosts posts = new WebPosts();
    posts.setTimeout("60s");
    posts.open();
    assertThatLittleIsRead(url -> posts.post(WebAddress.of(url), Map.of(), new StringEntity("{}")));
    posts.close();
  }

  private interface Call {
    void to(String url) throws Exception;
  }

  private static void endless(OutputStream out, AtomicLong sent) throws IOException {
    byte[] letters = new byte[1 << 16];
    Arrays.fill(letters, (byte) 'a');
    out.write("HTTP/1.1 200 OK\r\nX: ".getBytes());
    while (sent.addAndGet(letters.length) < MUCH) {
      out.write(letters);
    }
  }

  private static void assertThatLittleIsRead(Call call) throws Exception {
    AtomicLong sent = new AtomicLong();
    try (FileServer server = FileServer.start().on("/", (n, out) -> endless(out, sent))) {
      assertThatThrownBy(() -> call.to(server.url("/"))).hasMessageContaining("line length limit");
    }
    assertThat(sent).hasValueLessThan(MUCH);
  }
}

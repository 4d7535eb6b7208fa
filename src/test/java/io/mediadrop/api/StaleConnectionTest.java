package io.mediadrop.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediadrop.cli.Running;
import io.mediadrop.sandbox.Faults;
import io.mediadrop.sandbox.Sandbox;
import io.mediadrop.sandbox.When;
import org.apache.hc.client5.http.classic.methods.HttpPut;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.junit.jupiter.api.Test;

class StaleConnectionTest {

  @Test
  void isNeverUsedForACall() throws Exception {
    ApiClient api = new ApiClient();
    HttpClientBuilder builder = HttpClientBuilder.create();
    api.configureHttpClient(builder);
    api.open();
    try (Sandbox sandbox = Sandbox.start();
        Wiretap tap = Wiretap.to(sandbox.port());
        CloseableHttpClient client = builder.build()) {
      sandbox.faults().on(When.anyCall(), Faults.closeAfterwards());
      for (int call = 1; call <= 10; call++) {
        HttpPut put = new HttpPut(tap.url() + "/v2/access/uploads/1");
        put.setEntity(new StringEntity("content", ContentType.TEXT_PLAIN));
        int status = client.execute(put, response -> response.getCode());
        assertThat(status).isEqualTo(401);
        int ended = call;
        Running.patiently().until(() -> tap.ended() == ended);
      }

      assertThat(sandbox.calls()).hasSize(10);
    } finally {
      api.close();
    }
  }
}

package io.mediadrop.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mediadrop.cli.Running;
import io.mediadrop.sandbox.Faults;
import io.mediadrop.sandbox.Sandbox;
import io.mediadrop.sandbox.When;
import java.io.IOException;
import java.time.Duration;
import org.apache.hc.client5.http.classic.methods.HttpPut;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StaleConnectionTest {

  private final ApiClient api = new ApiClient();
  private Sandbox sandbox;
  private Wiretap tap;
  private CloseableHttpClient client;

  @BeforeEach
  void start() throws Exception {
    HttpClientBuilder builder = HttpClientBuilder.create();
    api.configureHttpClient(builder);
    api.open();
    sandbox = Sandbox.start();
    tap = Wiretap.to(sandbox.port());
    client = builder.build();
  }

  @AfterEach
  void stop() throws IOException {
    client.close();
    tap.close();
    sandbox.close();
    api.close();
  }

  private void call() throws IOException {
    HttpPut put = new HttpPut(tap.url() + "/v2/access/uploads/1");
    put.setEntity(new StringEntity("content", ContentType.TEXT_PLAIN));
    assertThat(client.execute(put, response -> response.getCode()).intValue()).isEqualTo(401);
  }

  private void awaitEnded(int connections) {
    Running.patiently().until(() -> tap.ended() == connections);
  }

  private void keepMany() throws IOException {
    for (int call = 0; call <= 100; call++) {
      call();
    }
    assertThat(tap.ended()).isZero();
  }

  @Test
  void isNeverUsedWhereNoneIsKept() throws Exception {
    sandbox.faults().on(When.anyCall(), Faults.closeAfterwards());
    for (int call = 1; call <= 10; call++) {
      call();
      awaitEnded(call);
    }
    assertThat(sandbox.calls()).hasSize(10);
  }

  @Test
  void isNotUsedAfterARestWhereManyWereKept() throws Exception {
    keepMany();
    sandbox.faults().on(When.anyCall(), Faults.closeAfterwards());
    call();
    Running.patiently().pollDelay(Duration.ofMillis(600)).until(() -> tap.ended() == 1);
    call();
    assertThat(sandbox.calls()).hasSize(103);
  }

  @Test
  void isUsedForOneCallAtMostWhereManyWereKept() throws Exception {
    keepMany();
    sandbox.faults().on(When.anyCall(), Faults.closeAfterwards());
    call();
    awaitEnded(1);
    assertThatThrownBy(this::call).isInstanceOf(IOException.class);
    for (int call = 2; call <= 10; call++) {
      call();
      awaitEnded(call);
    }
    assertThat(sandbox.calls()).hasSize(101 + 10);
  }
}

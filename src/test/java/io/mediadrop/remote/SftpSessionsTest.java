package io.mediadrop.remote;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.apache.camel.CamelContext;
import org.apache.camel.component.file.remote.SftpEndpoint;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SftpSessionsTest {

  @TempDir Path folder;
  private final CamelContext context = new DefaultCamelContext();

  @AfterEach
  void stop() {
    context.stop();
  }

  @Test
  void areEndedEvenIfTheyAreInUseWhenTheLaneIsTakenAway() throws Exception {
    try (SftpHost host = SftpHost.on(folder.resolve("nas"))) {
      SftpEndpoint endpoint =
          context.getEndpoint(
              "sftp:127.0.0.1:%d/in?useUserKnownHostsFile=false".formatted(host.port()),
              SftpEndpoint.class);
      endpoint.getConfiguration().setUsername(SftpHost.USER);
      endpoint.getConfiguration().setPassword(SftpHost.PASSWORD);
      SftpSessions sessions = new SftpSessions(endpoint);
      SftpSession kept = sessions.with(session -> session);
      assertThat(kept.isConnected()).isTrue();

      sessions.with(
          session -> {
            sessions.close();
            assertThat(session).isSameAs(kept);
            assertThat(session.isConnected()).isTrue();
            return null;
          });
      assertThat(kept.isConnected()).isFalse();
    }
  }
}

package io.mediadrop.recipes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.mediadrop.api.AnswerJson;
import io.mediadrop.cli.LogLines;
import io.mediadrop.cli.Running;
import io.mediadrop.media.MediaFiles;
import io.mediadrop.sandbox.Sandbox;
import jakarta.jms.Connection;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.activemq.ActiveMQConnectionFactory;
import org.apache.activemq.broker.Broker;
import org.apache.activemq.broker.BrokerFilter;
import org.apache.activemq.broker.BrokerPlugin;
import org.apache.activemq.broker.BrokerService;
import org.apache.activemq.broker.ConnectionContext;
import org.apache.activemq.command.ConnectionInfo;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BrokerIT {

  private static final String PASSWORD = "pa55&%/of the=broker";

  @TempDir Path folder;
  private BrokerService broker;
  private String address = "tcp://127.0.0.1:0";

  @BeforeEach
  void start() throws Exception {
    broker = new BrokerService();
    broker.setPersistent(false);
    broker.setUseJmx(false);
    broker.setPlugins(new BrokerPlugin[] {next -> new Doorkeeper(next)});
    broker.addConnector(address);
    broker.start();
    broker.waitUntilStarted();
    address = broker.getTransportConnectors().get(0).getConnectUri().toString();
  }

  /** Lets in who knows the password. */
  private static final class Doorkeeper extends BrokerFilter {

    Doorkeeper(Broker next) {
      super(next);
    }

    @Override
    public void addConnection(ConnectionContext context, ConnectionInfo who) throws Exception {
      if (!"mediadrop".equals(who.getUserName()) || !PASSWORD.equals(who.getPassword())) {
        throw new SecurityException("no entry for " + who.getUserName());
      }
      super.addConnection(context, who);
    }
  }

  @AfterEach
  void stop() throws Exception {
    broker.stop();
    broker.waitUntilStopped();
  }

  private Path configured(String password) throws IOException {
    return Recipe.named("A message broker")
        .with("tcp://broker.example.com:61616", address)
        .with("the password", password)
        .into(folder);
  }

  @Test
  void getsEachEventOnceAlsoAfterItWasAway() throws Exception {
    Path config = configured(PASSWORD);
    try (Sandbox sandbox = Sandbox.start();
        LogLines log = new LogLines();
        Running running = Recipe.run(folder.resolve("home"), config).start(sandbox)) {
      MediaFiles.write(running.drop().resolve("Ä.jpg"), 1_000, 1);
      running.awaitFiled(1);
      assertThat(received(1)).containsExactly("Ä.jpg");

      stop();
      MediaFiles.write(running.drop().resolve("later.jpg"), 1_000, 2);
      Running.patiently().until(() -> !log.warningsWith("notify.broker did not take").isEmpty());
      assertThat(running.drops("FILED")).isEqualTo(2);
      start();
      running.awaitFiled(2);
      assertThat(received(1)).containsExactly("later.jpg");
      assertThat(sandbox.uploads()).hasSize(2);
    }
  }

  @Test
  void keepsThePasswordToItselfWhereItIsRefused() throws Exception {
    Path config = configured("not-the-password-of-it");

    Delivery.assertRefusedInSilence(
        folder.resolve("home"), config, "notify.broker", "not-the-password-of-it");
  }

  /** The files that so many messages tell of, and that there are no more. */
  private List<String> received(int messages) throws Exception {
    Connection connection =
        new ActiveMQConnectionFactory("mediadrop", PASSWORD, address).createConnection();
    try {
      connection.start();
      Session session = connection.createSession(false, Session.AUTO_ACKNOWLEDGE);
      MessageConsumer consumer = session.createConsumer(session.createQueue("mediadrop.events"));
      List<String> files = new ArrayList<>();
      for (int i = 0; i < messages; i++) {
        TextMessage message = (TextMessage) consumer.receive(60_000);
        JsonNode event = AnswerJson.mapper().readTree(message.getText());
        assertThat(event.path("type").asText()).isEqualTo("media.uploaded");
        files.add(event.path("data").path("file").asText());
      }
      assertThat(consumer.receiveNoWait()).isNull();
      return files;
    } finally {
      connection.close();
    }
  }
}

package io.mediadrop.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mediadrop.base.ConfigurationMistake;
import io.mediadrop.kit.Mediadrop;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ConsoleTest {

  private static final String TOKEN = "sixteen letters.";

  @RegisterExtension final Mediadrop mediadrop = new Mediadrop();

  @Test
  void isDoneWithoutWhereItsPortIsTaken() throws Exception {
    RawCaller caller = RawCaller.of(mediadrop);
    try (ServerSocket other =
        new ServerSocket(caller.port(), 1, InetAddress.getLoopbackAddress())) {
      mediadrop.log();
      mediadrop.start();
      mediadrop.put("a.jpg", 1_000);
      mediadrop.awaitFiled(1);

      assertThat(mediadrop.log().warnings())
          .hasSize(1)
          .first()
          .asString()
          .contains("" + other.getLocalPort(), "mediadrop.console.port", "all else goes on");
    }
  }

  @Test
  void hasNoRoutesWhereItIsOff() throws Exception {
    mediadrop.with("mediadrop.console.port", "0").start();

    assertThat(mediadrop.context().getRoute("give-token")).isNull();
    assertThat(mediadrop.context().hasComponent("platform-http")).isNull();
  }

  @Test
  void liesBelowAPath() throws Exception {
    RawCaller caller = RawCaller.of(mediadrop);
    mediadrop.with("mediadrop.console.path", "/mediadrop").start();

    assertThat(caller.get("/mediadrop/api/token")).startsWith("HTTP/1.1 200 ");
    assertThat(caller.get("/api/token")).startsWith("HTTP/1.1 404 ");
  }

  @Test
  void isNotOpenedToOthersWithoutAToken() {
    refuses(form("0.0.0.0", ""), "MEDIADROP_CONSOLE_TOKEN");
    refuses(form("::", ""), "MEDIADROP_CONSOLE_TOKEN");
    form("0.0.0.0", TOKEN).requireForOwnServer();
    form("127.0.0.2", "").requireForOwnServer();
    form("::1", "").requireForOwnServer();
    form("localhost", "").requireForOwnServer();
  }

  @Test
  void saysWhatIsWrongWithItsSettings() {
    refuses(form("127.0.0.1", "short"), "too short").hasMessageNotContaining("'short'");
    refuses(form("media.example", TOKEN), "in numbers");
    refuses(form("300.1.1.1", TOKEN), "in numbers");
    refuses(new ConsoleForm(70_000, "127.0.0.1", "", ""), "from 1 to 65535");
    refuses(new ConsoleForm(1, "127.0.0.1", "", "/a/"), "without a slash at its end");
    refuses(new ConsoleForm(1, "127.0.0.1", "", "a"), "such as /mediadrop");
    refuses(new ConsoleForm(1, "127.0.0.1", "", "/../a"), "such as /mediadrop");
  }

  private static ConsoleForm form(String address, String token) {
    return new ConsoleForm(8090, address, token, "");
  }

  private static AbstractThrowableAssert<?, ?> refuses(ConsoleForm form, String text) {
    return assertThatThrownBy(form::requireForOwnServer)
        .isInstanceOf(ConfigurationMistake.class)
        .hasMessageContaining(text);
  }
}

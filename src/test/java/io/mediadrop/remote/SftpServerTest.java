package io.mediadrop.remote;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How a server is told from others, and whether two lanes would watch the same folder. */
class SftpServerTest {

  @ParameterizedTest
  @CsvSource({
    "in, in, true",
    "in, ./in/, true",
    ".,  ., true",
    "in, out, false",
    "in, in/inner, false",
    "in, /in, false",
    "/,  /, true"
  })
  void knowsItsOwnFolder(String one, String other, boolean same) {
    assertThat(server("alice", one).place().equals(server("alice", other).place())).isEqualTo(same);
  }

  @ParameterizedTest
  @CsvSource({
    "in, in/inner, true",
    ".,  inner, true",
    "/,  /inner, true",
    "in, in, false",
    "in, inner, false"
  })
  void knowsAnothersFolderInIt(String one, String other, boolean same) {
    assertThat(server("alice", one).place().resolve("inner"))
        .matches(place -> place.equals(server("alice", other).place()) == same);
  }

  @Test
  void knowsThatEachAccountBeginsInAFolderOfItsOwn() {
    assertThat(server("alice", "upload").place()).isNotEqualTo(server("bob", "upload").place());
    assertThat(server("alice", "/upload").place()).isEqualTo(server("bob", "/upload").place());
  }

  @Test
  void isNamedWithItsAccountItsFolderAndAPortThatIsNotSshsOwn() {
    SftpServer server = server("alice", "/upload/");
    server.setPassword("pa55word");

    assertThat(server).hasToString("alice@nas.example.com:/upload");
    server.setPort(2222);
    assertThat(server).hasToString("alice@[nas.example.com]:2222:/upload");
  }

  private static SftpServer server(String username, String directory) {
    SftpServer server = new SftpServer();
    server.setHost("nas.example.com");
    server.setPort(22);
    server.setUsername(username);
    server.setDirectory(directory);
    return server;
  }
}

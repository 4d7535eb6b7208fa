package io.mediadrop.remote;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediadrop.cli.LogLines;
import io.mediadrop.cli.Running;
import io.mediadrop.kit.Mediadrop;
import io.mediadrop.lanefile.LaneReportFile;
import io.mediadrop.media.MediaFiles;
import io.mediadrop.sandbox.Sandbox;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A server that is not trusted, or does not trust us. */
class SftpRefusalIT {

  private static final Pattern LINE = Pattern.compile("(\\[127\\.0\\.0\\.1]:\\d+ \\S+ \\S+)$");

  @RegisterExtension final Mediadrop mediadrop = new Mediadrop();
  private final Sandbox sandbox = mediadrop.sandbox();

  private SftpHost host;
  private SftpLane lane;

  @BeforeEach
  void start() throws Exception {
    host = mediadrop.closing(SftpHost.on(mediadrop.folder("server")));
    lane = SftpLane.over(host, mediadrop.folder("config"));
    MediaFiles.write(host.root().resolve("in/photo.jpg"), 20_000);
  }

  @Test
  void isNotGivenThePasswordUntilItsKeyIsKnown() throws Exception {
    Files.delete(lane.knownHosts());
    LogLines log = mediadrop.log();
    lane.start(mediadrop);
    String alarm = awaitAlarm(log);
    assertThat(alarm).contains("lane nas", "is not in " + lane.knownHosts(), "SHA256:");
    assertThat(host.logins()).isZero();
    assertThat(lane.knownHosts()).doesNotExist();

    Files.writeString(lane.knownHosts(), lineIn(alarm) + "\n");
    mediadrop.awaitFiled(1);
    assertThat(log.warningsWith("Paused")).hasSize(1);
    assertThat(log.all()).anyMatch(line -> line.startsWith("Resumed: lane nas"));
  }

  @Test
  void isNotGivenThePasswordOnceItsKeyHasChanged() throws Exception {
    host.changeKey();
    LogLines log = mediadrop.log();
    lane.start(mediadrop);
    String alarm = awaitAlarm(log);
    assertThat(alarm).contains("another key", "SHA256:", "instead of the old one");
    assertThat(host.logins()).isZero();
    assertThat(sandbox.calls()).isEmpty();

    Files.writeString(lane.knownHosts(), lineIn(alarm) + "\n");
    mediadrop.awaitFiled(1);
  }

  @Test
  void isNotGivenThePasswordWhereOnlyAnAuthorityIsKnown() throws Exception {
    String right = host.knownHostsLine();
    Files.writeString(lane.knownHosts(), "@cert-authority * " + anotherKey() + "\n");
    LogLines log = mediadrop.log();
    lane.start(mediadrop);
    String alarm = awaitAlarm(log);
    assertThat(alarm)
        .contains("is not in", "@cert-authority", "cannot be checked here")
        .endsWith(right);
    assertThat(host.logins()).isZero();

    Files.writeString(lane.knownHosts(), "@cert-authority * " + anotherKey() + "\n" + right);
    mediadrop.awaitFiled(1);
  }

  @Test
  void isNotGivenThePasswordWithARevokedKey() throws Exception {
    String right = host.knownHostsLine();
    String key = right.substring(right.indexOf(' '));
    Files.writeString(lane.knownHosts(), right + "\n@revoked *" + key + "\n");
    LogLines log = mediadrop.log();
    lane.start(mediadrop);
    String alarm = awaitAlarm(log);
    assertThat(alarm).contains("@revoked", "stolen key").doesNotContain("add this line");
    assertThat(host.logins()).isZero();

    // what is revoked elsewhere is trusted here
    Files.writeString(lane.knownHosts(), "[127.0.0.?]:*" + key + "\n@revoked other" + key);
    mediadrop.awaitFiled(1);
  }

  private String anotherKey() throws Exception {
    try (SftpHost other = SftpHost.on(mediadrop.folder("other/server"))) {
      String line = other.knownHostsLine();
      return line.substring(line.indexOf(' ') + 1);
    }
  }

  @Test
  void pausesTheLaneWhosePasswordIsWrong() throws Exception {
    LogLines log = mediadrop.log();
    lane.prepare(mediadrop)
        .with("nas.password", "pa55-of-another")
        .with("mediadrop.pause.probe", "1h")
        .start();
    assertThat(awaitAlarm(log)).contains("does not let", "Check the lane's username");
    assertThat(host.logins()).isEqualTo(1);
    assertThat(log.all()).noneMatch(line -> line.contains("pa55-of-another"));
    assertThat(mediadrop.drops("CLAIMED")).isZero();
    Running.patiently()
        .untilAsserted(
            () ->
                assertThat(LaneReportFile.in(mediadrop.home().resolve("data")))
                    .content()
                    .contains("\"paused\"", "does not let", "Check the lane's username")
                    .doesNotContain("pa55-of-another"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"ed25519", "ecdsa", "rsa"})
  void pausesTheLaneWhosePassphraseIsWrong(String type) throws Exception {
    Path key = mediadrop.folder("aside").resolve("key");
    OpenSsh.makeKey(key, type, "the right one");
    LogLines log = mediadrop.log();
    lane.with("privateKeyFile", key.toString())
        .with("privateKeyPassphrase", "{{nas.passphrase}}")
        .prepare(mediadrop)
        .with("nas.passphrase", "pa55-of-another")
        .with("mediadrop.pause.probe", "100ms")
        .start();
    assertThat(awaitAlarm(log)).contains(key.toString(), "Check the lane's privateKeyPassphrase");
    Running.patiently()
        .untilAsserted(
            () ->
                assertThat(LaneReportFile.in(mediadrop.home().resolve("data")))
                    .content()
                    .contains("\"paused\"", "privateKeyPassphrase"));
    assertThat(host.logins()).isZero();

    Path next = mediadrop.folder("aside").resolve("next");
    OpenSsh.makeKey(next, type, "pa55-of-another");
    Files.move(next, key, StandardCopyOption.ATOMIC_MOVE);
    mediadrop.awaitFiled(1);
    assertThat(log.warningsWith("Paused")).hasSize(1);
    assertThat(log.all())
        .noneMatch(line -> line.contains("JSCH") || line.contains("pa55-of-another"))
        .anyMatch(line -> line.startsWith("Resumed: lane nas"));
  }

  @Test
  void saysOnceThatItCannotBeReachedAndGoesOnWhenItIsBack() throws Exception {
    host.stop();
    LogLines log = mediadrop.log();
    lane.start(mediadrop);
    Running.patiently().until(() -> !log.warningsWith("cannot be listed").isEmpty());
    host.start();
    mediadrop.awaitFiled(1);
    assertThat(log.warningsWith("cannot be listed")).hasSize(1);
    assertThat(log.all()).contains("Lane nas watches alice@[127.0.0.1]:" + host.port() + ":in");
  }

  @Test
  void isSeenInTheListOfLanesWhileItCannotBeReached() throws Exception {
    host.stop();
    lane.start(mediadrop);
    awaitListed("\"state\":\"waiting\"", "since 20", "in cannot be listed", "refused");
    host.start();
    mediadrop.awaitFiled(1);
    awaitListed("\"state\":\"running\"", "\"why\":null");
    host.stop();
    awaitListed("\"state\":\"waiting\"", "since 20", "in cannot be listed");
  }

  private void awaitListed(String... words) {
    Running.patiently()
        .untilAsserted(
            () ->
                assertThat(LaneReportFile.in(mediadrop.home().resolve("data")))
                    .content()
                    .contains(words));
  }

  private static String awaitAlarm(LogLines log) {
    Running.patiently().until(() -> !log.warningsWith("Paused: lane nas").isEmpty());
    return log.warningsWith("Paused: lane nas").get(0);
  }

  private static String lineIn(String alarm) {
    Matcher line = LINE.matcher(alarm);
    assertThat(line.find()).as(alarm).isTrue();
    return line.group(1);
  }
}

package io.mediadrop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each ends with exit code 2 and one line that says what to do. */
class ConfigurationMistakesTest {

  private final Map<String, String> environment = new LinkedHashMap<>();

  @TempDir Path folder;
  private Path home;
  private Path config;

  @BeforeEach
  void configureRightly() throws IOException {
    home = folder.resolve("home");
    config = folder.resolve("config");
    Files.createDirectories(config.resolve("lanes"));
    Files.copy(Path.of("config/lanes/default.camel.yaml"), lane());
    environment.put("MEDIADROP_API_KEY", "sk");
    environment.put("MEDIADROP_API_CONNECTION_ID", "conn");
    environment.put("MEDIADROP_API_BASE_URL", "http://127.0.0.1:1");
  }

  private Path lane() {
    return config.resolve("lanes/default.camel.yaml");
  }

  private String refusal(String... options) {
    Called run =
        Called.with(
            environment,
            Stream.concat(
                Stream.of("run", "--home", home.toString(), "--config", config.toString()),
                Stream.of(options)));
    assertThat(run.err()).hasSize(1);
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err().get(0)).startsWith("mediadrop: ");
    return run.err().get(0);
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(config.resolve(name), text);
  }

  private void changeLane(String from, String to) throws IOException {
    assertThat(Files.readString(lane())).contains(from);
    Files.writeString(lane(), Files.readString(lane()).replace(from, to));
  }

  @ParameterizedTest
  @CsvSource({
    "MEDIADROP_API_KEY, mediadrop.api.key",
    "MEDIADROP_API_CONNECTION_ID, mediadrop.api.connection-id"
  })
  void namesTheMissingCredential(String variable, String key) {
    environment.remove(variable);

    assertThat(refusal()).contains(variable, key, "secrets.properties");
  }

  @ParameterizedTest
  @ValueSource(strings = {"MEDIADROP_API_KEY", "MEDIADROP_API_CONNECTION_ID"})
  void namesTheEmptyCredential(String variable) {
    environment.put(variable, "");

    assertThat(refusal()).contains(variable);
  }

  @Test
  void namesTheKeyThatOnlyALaneAsksFor() throws IOException {
    changeLane("{{mediadrop.api.connection-id}}", "{{alice.connection-id}}");

    assertThat(refusal()).contains("alice.connection-id", "ALICE_CONNECTION_ID");
  }

  @Test
  void asksForTheAddressOfASubscriberThatHasOnlyASecret() {
    environment.put(
        "MEDIADROP_NOTIFY_CRM_SECRET", "whsec_b2xkIHNlY3JldCBvZiBhdCBsZWFzdCAyNCBieXRlcw==");

    assertThat(refusal())
        .contains("mediadrop.notify.crm.uri", "MEDIADROP_NOTIFY_CRM_URI")
        .contains("mediadrop.notify.crm.secret (MEDIADROP_NOTIFY_CRM_SECRET) is still set");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mediadrop.notify.crm.uri",
        "mediadrop.notify.uri",
        "mediadrop.archive.uri",
        "mediadrop.api.base-url"
      })
  void namesTheVariableThatASettingAsksFor(String key) throws IOException {
    environment.remove("MEDIADROP_API_BASE_URL");
    write("application.properties", key + " = http://127.0.0.1:1/in?key={{env:CRM_KEY}}\n");

    assertThat(refusal()).contains(key + " (", "CRM_KEY is not set", "{{env:CRM_KEY:}}");
  }

  @Test
  void asksForNoVariableThatHasADefault() throws IOException {
    write(
        "application.properties",
        "mediadrop.notify.uri = log:{{env:CRM_KEY:crm}}\nmediadrop.drop.settle = soon\n");

    assertThat(refusal()).contains("mediadrop.drop.settle");
  }

  @ParameterizedTest
  @ValueSource(strings = {"mediadrop.notify.secret", "mediadrop.notify.crm.secret"})
  void refusesAWebhooksSecretOnTheCommandLine(String key) {
    assertThat(refusal("--set", key + "=whsec_abc"))
        .contains(key, SettingsReference.variableOf(key), "secrets.properties")
        .doesNotContain("whsec_abc");
  }

  @Test
  void showsNothingOfASecretThatCannotBeUsed() {
    environment.put("MEDIADROP_NOTIFY_SECRET", "whsec_*hunter2");

    assertThat(refusal()).contains("mediadrop.notify.secret").doesNotContain("hunter2");
  }

  @Test
  void guessesWhatAnUnknownKeyOnTheCommandLineWasMeantToBe() {
    assertThat(refusal("--set", "mediadrop.drop.setle=1s"))
        .contains("mediadrop.drop.setle ", "did you mean mediadrop.drop.settle?");
  }

  @Test
  void guessesWhatAnUnknownVariableWasMeantToBe() {
    environment.put("MEDIADROP_API_KEYS", "x");

    assertThat(refusal()).contains("MEDIADROP_API_KEYS", "did you mean MEDIADROP_API_KEY?");
  }

  @Test
  void guessesWhatAnUnknownKeyInTheFileWasMeantToBe() throws IOException {
    write("application.properties", "mediadrop.lane.concurency = 3\n");

    assertThat(refusal())
        .contains("application.properties", "did you mean mediadrop.lane.concurrency?");
  }

  @ParameterizedTest
  @CsvSource({
    "mediadrop.drop.settle, 5, 500ms",
    "mediadrop.drop.settle, soon, 500ms",
    "mediadrop.drop.settle, 999999999999h, at most 36500d",
    "mediadrop.drop.ignore, [, such as *.part",
    "mediadrop.shutdown.timeout, '', 500ms",
    "mediadrop.lane.concurrency, two, a whole number",
    "mediadrop.lane.concurrency, 0, at least 1",
    "mediadrop.upload.parts-in-flight, 0, at least 1",
    "mediadrop.accept, photos, 'photo, video, gif, audio, unknown, disagreeing'",
    "mediadrop.accept, ',', 'photo, video, gif, audio, unknown, disagreeing'",
    "mediadrop.rate.per-minute, -1, a whole number",
    "mediadrop.console.port, http, a whole number",
    "mediadrop.console.port, 65536, from 1 to 65535",
    "mediadrop.console.address, media.example, in numbers",
    "mediadrop.console.address, 0.0.0.0, MEDIADROP_CONSOLE_TOKEN",
    "mediadrop.console.path, mediadrop, such as /mediadrop",
    "mediadrop.archive.assets, all, download",
    "mediadrop.assets.private-addresses, yes, true",
    "mediadrop.assets.max-size, 10, 64KiB",
    "mediadrop.assets.proxy, yes, true",
    "mediadrop.http.proxy, proxy:port, 'http://host:port'",
    "mediadrop.http.proxy, https://proxy:3128, 'http://host:port'",
    "mediadrop.http.truststore, /nowhere/ca.pem, a file of certificates",
    "mediadrop.http.truststore, /etc/hostname, keytool",
    "mediadrop.ledger.sync, maybe, normal",
    "mediadrop.api.base-url, http://example.com, https://",
    "mediadrop.api.base-url, somewhere, https://",
    "mediadrop.api.base-url, https://example.com?a=b, without user",
    "mediadrop.api.base-url, https://example.com#a, without user",
    "mediadrop.api.base-url, https://example.com:65536, up to 65535",
    "mediadrop.notify.uri, https:, such as https://example.com/hook",
    "mediadrop.notify.uri, 'https://?a=b', such as https://example.com/hook",
    "mediadrop.notify.uri, 'https://example.com/a#b', %23",
    "mediadrop.notify.audit.uri, 'https://example.com?a=b#', %23",
    "mediadrop.archive.uri, 'http://example.com/a#b', %23",
    "mediadrop.notify.uri, https://example.com:65536/, up to 65535",
    "mediadrop.notify.uri, https://exam ple.com/, such as https://example.com/hook",
    "mediadrop.notify.uri, nope:x, No endpoint could be found",
    "mediadrop.notify.uri, log:x?colour=red, [colour]",
    "mediadrop.notify.audit.uri, nope:x, extra-lib/",
    "mediadrop.notify.secret, hunter2, whsec_",
    "mediadrop.notify.audit.secret, whsec_c2hvcnQ=, 24 to 64",
    "mediadrop.notify.timeout, 15, 500ms",
    "mediadrop.notify.timeout, 0s, such as 15s",
    "mediadrop.outbox.waits, '5s, soon', separated by commas",
    "mediadrop.archive.uri, nope:x, extra-lib/",
    "mediadrop.archive.keep, 30, 'write forever, or at least 1d'",
    "mediadrop.archive.keep, 30m, 'write forever, or at least 1d'",
    "mediadrop.failed.keep, always, 'write forever, or at least 1d'",
    "mediadrop.failed.keep, '', 'write forever, or at least 1d'",
    "mediadrop.failed.keep, 999999999d, 'write forever, or at least 1d'"
  })
  void saysWhatToWriteInPlaceOfAValue(String key, String value, String remedy) {
    environment.put(SettingsReference.variableOf(key), value);

    assertThat(refusal()).contains(key, remedy);
  }

  @Test
  void refusesSecretsThatTheProcessListWouldShow() {
    assertThat(refusal("--set", "mediadrop.api.key=sk_live_1"))
        .contains("MEDIADROP_API_KEY")
        .doesNotContain("sk_live_1");
  }

  @Test
  void refusesAProxysPasswordThatOthersWouldSee() throws IOException {
    assertThat(refusal("--set", "mediadrop.http.proxy=http://me:s3cret@proxy:3128"))
        .contains("MEDIADROP_HTTP_PROXY", "secrets.properties")
        .doesNotContain("s3cret");

    write("application.properties", "mediadrop.http.proxy = http://me:s3cret@proxy:3128\n");
    assertThat(refusal())
        .contains("application.properties", "MEDIADROP_HTTP_PROXY", "secrets.properties")
        .doesNotContain("s3cret");
  }

  @Test
  void refusesSecretsThatOthersCanRead() throws IOException {
    write("secrets.properties", "mediadrop.api.key = sk\n");
    Files.setPosixFilePermissions(
        config.resolve("secrets.properties"), PosixFilePermissions.fromString("rw-r-----"));

    assertThat(refusal()).contains("chmod 600");
  }

  @Test
  void refusesADropFolderThatIsAFile() throws IOException {
    Files.createDirectories(home);
    Files.createFile(home.resolve("drop"));

    assertThat(refusal()).contains(home.resolve("drop") + " is no folder", "MEDIADROP_HOME");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "below"})
  void refusesAHomeThatIsAFile(String below) throws IOException {
    Path file = Files.createFile(folder.resolve("file"));
    home = file.resolve(below);

    assertThat(refusal()).contains(file + " is no folder", "MEDIADROP_HOME", "--home");
  }

  @Test
  void refusesAnEscapeThatIsNone() throws IOException {
    write("application.properties", "alice.password = x\\user\n");

    assertThat(refusal()).contains("application.properties", "four hex digits");
  }

  @Test
  void refusesAHomeThatCannotBeWritten() {
    home = Path.of("/proc/1/mediadrop");

    assertThat(refusal()).contains("/proc/1/mediadrop", "MEDIADROP_HOME", "--home");
  }

  @ParameterizedTest
  @ValueSource(strings = {"what?", "50%20off", "{{x}}", "${x}"})
  void refusesAHomeWhosePathCamelMisreads(String name) {
    home = folder.resolve(name);

    assertThat(refusal()).contains(name, "MEDIADROP_HOME");
  }

  @Test
  void refusesALaneFolderThatIsAFile() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));
    changeLane("{{mediadrop.home}}/drop", file.toString());

    assertThat(refusal()).contains("lane default", file + " is no folder");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "/", "/..", "/archive", "/failed/default", "/data/x", "/link", "/link/x"})
  void refusesALaneFolderThatMediadropItselfWorksIn(String below) throws IOException {
    Files.createDirectories(home);
    Files.createSymbolicLink(home.resolve("link"), home.resolve("data"));
    changeLane("{{mediadrop.home}}/drop", "{{mediadrop.home}}" + below);

    assertThat(refusal())
        .contains("lane default", "its own files", home.resolve("creators/default").toString());
    assertThat(home.resolve("data/x")).doesNotExist();
  }

  @Test
  void refusesAHomeThatAnotherRunHas() throws IOException {
    Path lock = Files.createDirectories(home.resolve("data")).resolve("lock");
    try (FileChannel other =
        FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      assertThat(other.tryLock()).isNotNull();

      assertThat(refusal()).contains("another mediadrop runs", home.toString());
    }
  }

  @Test
  void refusesALedgerThatIsNoDatabase() throws IOException {
    Files.createDirectories(home.resolve("data"));
    Files.writeString(home.resolve("data/ledger.db"), "no database. ".repeat(20));

    assertThat(refusal()).contains("ledger.db", "mediadrop.ledger.url", "not a database");
  }

  @Test
  void refusesALedgerOfANewerVersion() throws IOException, SQLException {
    Path file = Files.createDirectories(home.resolve("data")).resolve("ledger.db");
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE flyway_schema_history (version TEXT, success BOOLEAN)");
      statement.execute("INSERT INTO flyway_schema_history VALUES ('999', 1)");
    }

    assertThat(refusal()).contains("ledger.db", "newer mediadrop", "999");
  }

  @Test
  void refusesAConfigurationFolderThatIsNotThere() {
    config = folder.resolve("conf");

    assertThat(refusal()).contains(config.toString(), "does not exist", "--config");
  }

  @Test
  void refusesAnApplicationFileThatCannotBeRead() throws IOException {
    Files.createDirectory(config.resolve("application.properties"));

    assertThat(refusal()).contains("application.properties");
  }

  @ParameterizedTest
  @CsvSource({
    "'routeId: default', 'routeId: My Lane', the lane name (routeId) 'My Lane'",
    "folder-lane, folder-line, there is no route template 'folder-line'",
    "name: connectionId, name: connection, has no parameter 'connection'",
    "'- templatedRoute:', '- route:', only lanes may stand here",
    "'routeId: default', 'routeId: [', it is no YAML",
    "name: directory, name: recursive, needs the parameter 'directory'"
  })
  void namesTheLaneFileThatIsWrong(String from, String to, String why) throws IOException {
    changeLane(from, to);

    assertThat(refusal()).contains(why);
  }

  @ParameterizedTest
  @CsvSource({
    "apiKey, '', 'the key, or leave it out for mediadrop.api.key'",
    "recursive, maybe, true or false",
    "concurrency, 0, 'a whole number, at least 1'",
    "concurrency, many, 'a whole number, at least 1'",
    "ratePerMinute, -5, 'a number, or 0 for no limit'",
    "burst, 0, 'a whole number, at least 1'"
  })
  void saysWhatToWriteInPlaceOfALanesParameter(String name, String value, String remedy)
      throws IOException {
    changeLane(
        "parameters:\n",
        "parameters:\n      - name: %s\n        value: '%s'\n".formatted(name, value));

    assertThat(refusal())
        .contains("default.camel.yaml:2: lane default: the lane's " + name, remedy)
        .doesNotContain("MEDIADROP_");
  }

  @Test
  void refusesALaneWhoseFolderASettingLeavesEmpty() throws IOException {
    changeLane("{{mediadrop.home}}/drop", "{{my.folder:}}");

    assertThat(refusal())
        .contains("default.camel.yaml:2: lane default: the lane's directory is '': write");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/nope", "{{mediadrop.home}}/nope"})
  void refusesALanesFolderThatIsNotThere(String lanes) {
    assertThat(refusal("--set", "mediadrop.lanes.folder=" + lanes))
        .contains("mediadrop.lanes.folder", "MEDIADROP_LANES_FOLDER", "/nope: create it");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "lanes", "lanes/default.camel.yaml"})
  void refusesAConfigurationThatOthersCanChange(String path) throws IOException {
    Path open = config.resolve(path);
    String group = Files.isDirectory(open) ? "rwxrwxr-x" : "rw-rw-r--";
    Files.setPosixFilePermissions(open, PosixFilePermissions.fromString(group));

    assertThat(refusal()).contains(open + " can be changed by others: run chmod go-w " + open);
  }

  @Test
  void namesTheFirstMistakeWhereNoneOfSeveralLanesCanRun() throws IOException {
    Files.writeString(
        config.resolve("lanes/again.camel.yaml"),
        Files.readString(lane()).replace("routeId: default", "routeId: again"));
    environment.remove("MEDIADROP_API_CONNECTION_ID");

    assertThat(refusal()).contains("again.camel.yaml:2: lane again: mediadrop.api.connection-id");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "- route:\n    id: [\n",
        "- rout:\n    id: x\n",
        "- route:\n    id: x\n    from:\n      uri: nope:x\n      steps: []\n",
        "- route:\n    id: x\n    from:\n      uri: direct:x\n      steps:\n        - to:\n            uri: nope:x\n"
      })
  void namesTheFileOfTheUsersOwnRouteThatIsWrong(String yaml) throws IOException {
    write("mine.camel.yaml", yaml);

    assertThat(refusal()).contains("mine.camel.yaml");
  }

  @ParameterizedTest
  @CsvSource({
    "MEDIADROP_ARCHIVE_URI, mediadrop.archive.uri",
    "MEDIADROP_NOTIFY_URI, mediadrop.notify.uri",
    "MEDIADROP_NOTIFY_CRM_URI, mediadrop.notify.crm.uri"
  })
  void namesTheRouteOfTheUsersOwnThatIsNotThere(String variable, String key) {
    environment.put(variable, "direct:mine");

    assertThat(refusal()).contains(key, variable, "direct:mine", "*.camel.yaml");
  }

  @ParameterizedTest
  @ValueSource(strings = {"MEDIADROP_ARCHIVE_URI", "MEDIADROP_NOTIFY_URI"})
  void repeatsNoPasswordOfAMistypedAddress(String variable) {
    environment.put(variable, "sftp:me@127.0.0.1/x?pasword=RAW(s3cret)&passphras=s3cret");

    assertThat(refusal()).contains("pasword").doesNotContain("s3cret");
  }

  @ParameterizedTest
  @CsvSource({
    "mediadrop.api.base-url, https://me:s3cret@example.com",
    "mediadrop.api.base-url, https://me:s3^cret@example.com",
    "mediadrop.notify.uri, https://me:s3^/cret@example.com/hook",
    "mediadrop.notify.audit.uri, http://me:s3%cret@127.0.0.1/hook?a=b",
    "mediadrop.archive.uri, http://me:s3%cret@127.0.0.1/hook?a=b"
  })
  void repeatsNoPasswordOfAnAddressThatMustHaveNone(String key, String value) {
    environment.put(SettingsReference.variableOf(key), value);

    assertThat(refusal())
        .contains(key, SettingsReference.variableOf(key), "user")
        .doesNotContain("cret");
  }

  @ParameterizedTest
  @ValueSource(strings = {"--colour=red", "--set=mediadrop.home", "more"})
  void refusesWhatRunDoesNotUnderstand(String option) {
    assertThat(refusal(option)).contains("run --help");
  }

  @ParameterizedTest
  @ValueSource(strings = {"runn", "--colour"})
  void refusesWhatIsNoCommand(String command) {
    Called called = Called.with(environment, Stream.of(command));

    assertThat(called.exitCode()).isEqualTo(2);
    assertThat(called.err()).hasSize(1);
    assertThat(called.err().get(0)).contains(command, "--help");
  }
}

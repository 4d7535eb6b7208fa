package io.mediadrop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.mediadrop.api.AnswerJson;
import io.mediadrop.ledger.LedgerDatabase;
import io.mediadrop.notify.SentEvents;
import io.mediadrop.sandbox.Sandbox;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.Main;
import org.apache.camel.main.MainListenerSupport;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/**
 * mediadrop, running in this process on a home of its own against a sandbox: the shipped routes,
 * the shipped default lane, and settings that make tests short.
 */
public final class Running implements AutoCloseable {

  private final Path home;
  private final Main main;
  private final SentEvents sent;

  private Running(Path home, Main main, SentEvents sent) {
    this.home = home;
    this.main = main;
    this.sent = sent;
  }

  /** Collects what the run is to differ in. */
  public static final class Builder {

    private final Path home;
    private final Map<String, String> settings = new LinkedHashMap<>();
    private Path config = ShippedConfig.folder();

    private Builder(Path home) {
      this.home = home;
    }

    /** Sets one setting. */
    public Builder with(String key, String value) {
      settings.put(key, value);
      return this;
    }

    /** Makes all waiting times short, for tests in which something goes wrong. */
    public Builder impatiently() {
      return with("mediadrop.doubt.wait", "500ms")
          .with("mediadrop.retry.max-wait", "1s")
          .with("mediadrop.pause.probe", "300ms")
          .with("mediadrop.drop.incomplete-after", "1s")
          .with("mediadrop.disk.min-free", "1MiB")
          .with("mediadrop.outbox.waits", "300ms, 300ms, 300ms, 1s, 1s, 1s, 1s, 1s, 1s");
    }

    /** Takes lanes and further routes from this folder instead of the shipped one. */
    public Builder config(Path folder) {
      config = folder;
      return this;
    }

    /** Starts, against this sandbox. */
    public Running start(Sandbox sandbox) throws Exception {
      Main main = Program.prepare(() -> settings(sandbox), config);
      SentEvents sent = new SentEvents();
      main.addMainListener(
          new MainListenerSupport() {
            @Override
            public void beforeStart(BaseMainSupport starting) {
              starting.getCamelContext().getManagementStrategy().addEventNotifier(sent);
            }
          });
      main.start();
      return new Running(home, main, sent);
    }

    private Settings settings(Sandbox sandbox) {
      Settings resolved =
          new Settings()
              .files(config)
              .with("mediadrop.home", home.toString())
              .with("mediadrop.api.base-url", sandbox.baseUrl().toString())
              .with("mediadrop.api.key", Sandbox.KEY)
              .with("mediadrop.api.connection-id", Sandbox.CONNECTION)
              .with("mediadrop.drop.settle", "300ms")
              .with("mediadrop.drop.poll", "50ms")
              .with("mediadrop.rate.per-minute", "0")
              .with("mediadrop.console.port", "0");
      settings.forEach(resolved::with);
      return resolved;
    }
  }

  /** A run on this home, which need not be there yet. */
  public static Builder on(Path home) {
    return new Builder(home);
  }

  /** The folder that is watched. */
  public Path drop() {
    return home.resolve("drop");
  }

  /** The folder of the originals. */
  public Path archive() {
    return home.resolve("archive");
  }

  /** The folder of the refused files. */
  public Path failed() {
    return home.resolve("failed");
  }

  /** The Camel context that the routes run in. */
  public CamelContext context() {
    return main.getCamelContext();
  }

  /** A bean of the running routes. */
  public <T> T bean(String name, Class<T> type) {
    return context().getRegistry().lookupByNameAndType(name, type);
  }

  /** How many drops are in a state, by the ledger. */
  public int drops(String state) {
    return count("SELECT COUNT(*) FROM drops WHERE state = '" + state + "'");
  }

  /** How many deliveries are still open, by the ledger. */
  public int undelivered() {
    return count("SELECT COUNT(*) FROM outbox");
  }

  /** How many deliveries were given up, by the ledger. */
  public int dead() {
    return count("SELECT COUNT(*) FROM outbox WHERE dead_at IS NOT NULL");
  }

  private int count(String query) {
    return bean("ledgerDatabase", LedgerDatabase.class)
        .read(handle -> handle.createQuery(query).mapTo(Integer.class).one());
  }

  /** Waits until so many files are archived and everything is told. */
  public void awaitFiled(int files) {
    patiently().until(() -> drops("FILED") == files && undelivered() == 0);
  }

  /** Waits until so many files have failed and lie where they belong. */
  public void awaitFailed(int files) {
    patiently().until(() -> drops("FAILED_MOVED") == files);
  }

  /** Waits with a limit that only a mistake exceeds. */
  public static ConditionFactory patiently() {
    // of other threads' errors there is one of the SSH server's, when it is stopped amid a read
    return Awaitility.await()
        .dontCatchUncaughtExceptions()
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(50));
  }

  /** All regular files below a folder, by their path below it, but for mediadrop's notes. */
  public static List<String> filesIn(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> !file.endsWith(".mediadrop-watch.json"))
          .map(file -> folder.relativize(file).toString())
          .sorted()
          .toList();
    } catch (UncheckedIOException e) {
      // something went away meanwhile
      return filesIn(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A JSON file below the archive whose path ends in this. */
  public JsonNode json(String end) throws IOException {
    String path =
        filesIn(archive()).stream().filter(file -> file.endsWith(end)).findFirst().orElseThrow();
    return AnswerJson.mapper().readTree(archive().resolve(path).toFile());
  }

  /** Stops it; whatever it has told its subscribers must have been as documented. */
  @Override
  public void close() {
    main.stop();
    assertThat(sent.violations()).isEmpty();
  }
}

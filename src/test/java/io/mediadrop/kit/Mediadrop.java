package io.mediadrop.kit;

import static io.mediadrop.cli.Running.patiently;

import com.fasterxml.jackson.databind.JsonNode;
import io.mediadrop.api.AnswerJson;
import io.mediadrop.cli.LogLines;
import io.mediadrop.cli.Running;
import io.mediadrop.cli.ShippedConfig;
import io.mediadrop.media.MediaFiles;
import io.mediadrop.notify.WebhookEndpoint;
import io.mediadrop.sandbox.Call;
import io.mediadrop.sandbox.Route;
import io.mediadrop.sandbox.Sandbox;
import io.mediadrop.sandbox.SandboxOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A home, a sandbox, and mediadrop running on the one against the other: the shipped routes, the
 * shipped default lane, and settings that make tests short. A test class has it in a field with
 * {@code @RegisterExtension}; whatever it has opened is closed after each test, the newest first.
 */
public final class Mediadrop implements BeforeEachCallback, AfterEachCallback {

  private final Closing closing;
  private final Path folder;
  private final Map<String, String> settings = new LinkedHashMap<>();
  private Path home;
  private Path config = ShippedConfig.folder();
  private boolean startsWithTest;
  private boolean impatient;
  private LogLines log;
  private Sandbox sandbox;
  private Running running;

  /** On a new home; nothing runs yet. */
  public Mediadrop() {
    closing = new Closing();
    folder = closing.add(ScratchFolder.create()).path();
    home = folder.resolve("home");
  }

  private Mediadrop(Mediadrop first, String name) {
    closing = first.closing;
    folder = first.folder;
    home = folder.resolve(name);
    config = first.config;
    impatient = first.impatient;
    settings.putAll(first.settings);
    sandbox = first.sandbox();
  }

  /** Sets one setting for the runs to come. */
  public Mediadrop with(String key, String value) {
    settings.put(key, value);
    return this;
  }

  /** Takes one setting back for the runs to come. */
  public Mediadrop without(String key) {
    settings.remove(key);
    return this;
  }

  /** Makes all waiting times short, for tests in which something goes wrong. */
  public Mediadrop impatiently() {
    impatient = true;
    return this;
  }

  /** Takes lanes and further routes from this folder instead of the shipped one. */
  public Mediadrop config(Path other) {
    config = other;
    return this;
  }

  /** Takes lanes of the test's own instead of the shipped one. */
  public WrittenLanes lanes() {
    config = folder("config");
    return new WrittenLanes(config);
  }

  /** Takes this home instead of a new one. */
  public Mediadrop on(Path other) {
    home = other;
    return this;
  }

  /** Lets it run before each test begins, and before its {@code @BeforeEach} methods. */
  public Mediadrop started() {
    startsWithTest = true;
    return this;
  }

  /** A second one with the same settings and sandbox, on the home of this name beside this one. */
  public Mediadrop second(String name) {
    return new Mediadrop(this, name);
  }

  /** Starts it; the settings of the test's own take precedence. */
  public Mediadrop start() throws Exception {
    if (running != null) {
      throw new IllegalStateException("It runs already.");
    }
    Running.Builder builder = Running.on(home).config(config);
    if (impatient) {
      builder.impatiently();
    }
    settings.forEach(builder::with);
    running = builder.start(sandbox());
    closing.add(this::stop);
    return this;
  }

  /** Stops it, if it runs; what it has told its subscribers must have been as documented. */
  public void stop() {
    if (running != null) {
      Running ended = running;
      running = null;
      ended.close();
    }
  }

  /** Stops it and starts it on the same home, with the settings as they are now. */
  public Mediadrop restart() throws Exception {
    stop();
    return start();
  }

  /** Closes this, too, after the test and before what was there earlier. */
  public <T extends AutoCloseable> T closing(T resource) {
    return closing.add(resource);
  }

  /** The API that it talks to, running; with the sandbox's defaults if nothing else was asked. */
  public Sandbox sandbox() {
    return sandbox == null ? sandbox(SandboxOptions.defaults()) : sandbox;
  }

  /** Starts the API that it talks to from its next start on. */
  public Sandbox sandbox(SandboxOptions options) {
    try {
      sandbox = closing.add(Sandbox.start(options));
      return sandbox;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The calls of one kind that the sandbox has answered. */
  public List<Call> calls(Route route) {
    return sandbox.calls().stream().filter(call -> call.route() == route).toList();
  }

  /** A subscriber to whom it tells its events. */
  public WebhookEndpoint webhook() {
    WebhookEndpoint webhook = closing.add(new WebhookEndpoint());
    with("mediadrop.notify.uri", webhook.uri());
    return webhook;
  }

  /** What is logged from the first time on that this is asked for. */
  public LogLines log() {
    if (log == null) {
      log = closing.add(new LogLines());
    }
    return log;
  }

  /** Its home; there from the first start on. */
  public Path home() {
    return home;
  }

  /** A folder of this name that stands beside its home. */
  public Path folder(String name) {
    try {
      return Files.createDirectories(folder.resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
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

  /** Drops a media file of so many bytes, in the format of its extension. */
  public Path put(String name, long size) {
    return put(name, size, 0);
  }

  /** Drops a media file; those of different seeds differ. */
  public Path put(String name, long size, long seed) {
    try {
      Path file = drop().resolve(name);
      Files.createDirectories(file.getParent());
      return MediaFiles.write(file, size, seed);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits until so many files are archived and everything is told. */
  public void awaitFiled(int files) {
    running.awaitFiled(files);
  }

  /** Waits until so many files have failed and lie where they belong. */
  public void awaitFailed(int files) {
    running.awaitFailed(files);
  }

  /** Waits until no file lies in the folder that is watched. */
  public void awaitEmptyDrop() {
    patiently().until(() -> Running.filesIn(drop()).isEmpty());
  }

  /** The file below the archive whose path ends in this. */
  public Path archived(String end) {
    return Running.filesIn(archive()).stream()
        .filter(file -> file.endsWith(end))
        .findFirst()
        .map(archive()::resolve)
        .orElseThrow();
  }

  /** The JSON file below the archive whose path ends in this. */
  public JsonNode json(String end) throws IOException {
    return AnswerJson.mapper().readTree(archived(end).toFile());
  }

  /** How many drops are in a state, by the ledger. */
  public int drops(String state) {
    return running.drops(state);
  }

  /** How many deliveries are still open, by the ledger. */
  public int undelivered() {
    return running.undelivered();
  }

  /** How many deliveries were given up, by the ledger. */
  public int dead() {
    return running.dead();
  }

  /** The Camel context that the routes run in. */
  public CamelContext context() {
    return running.context();
  }

  /** A bean of the running routes. */
  public <T> T bean(String name, Class<T> type) {
    return running.bean(name, type);
  }

  @Override
  public void beforeEach(ExtensionContext test) throws Exception {
    if (startsWithTest) {
      start();
    }
  }

  @Override
  public void afterEach(ExtensionContext test) {
    closing.closeAll();
  }
}

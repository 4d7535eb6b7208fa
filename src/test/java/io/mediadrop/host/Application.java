package io.mediadrop.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediadrop.cli.Running;
import io.mediadrop.media.MediaFiles;
import io.mediadrop.sandbox.Sandbox;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * An application of one's own in a folder: this machine's Maven builds it with the bundle, and it
 * runs in a Java of its own, with a lane and a route of its own.
 */
final class Application implements AutoCloseable {

  /** A route that says once that it ran. */
  static final String OWN_ROUTE =
      """
      - route:
          id: own
          from:
            uri: scheduler
            parameters:
              name: own
              repeatCount: 1
            steps:
              - log:
                  message: the application's own route ran
      """;

  private final Path folder;
  private final Path home;
  private final Path repository;
  private final Path output;
  private final Sandbox sandbox;
  private Process process;

  /** Uploads to a sandbox, by the {@code application.properties} in its folder. */
  Application(Path folder, Sandbox sandbox) throws IOException {
    this.folder = folder;
    this.sandbox = sandbox;
    home = folder.resolve("home");
    output = folder.resolve("output.txt");
    repository = LocalRepository.in(folder.resolve("repository"));
    Properties settings = PlainHost.settings(folder, sandbox.baseUrl());
    try (Writer file = Files.newBufferedWriter(folder.resolve("application.properties"))) {
      settings.store(file, null);
    }
  }

  /** Writes one of its files. */
  Application with(String file, String text) throws IOException {
    Path path = folder.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
    return this;
  }

  /** Has Maven do this with its {@code pom.xml}. */
  void build(String... goals) throws Exception {
    List<String> command = new ArrayList<>(List.of("mvn", "-B", "-q", "-ntp"));
    command.add("-Dmaven.repo.local=" + repository);
    command.addAll(List.of(goals));
    try {
      process = start(command);
    } catch (IOException e) {
      throw new AssertionError("mvn is missing: install the Debian package maven", e);
    }
    assertThat(process.waitFor(5, TimeUnit.MINUTES)).as("%s ends: %s", command, said()).isTrue();
    assertThat(process.exitValue())
        .as("Maven builds it, with Maven Central or a mirror in its settings:%n%s", said())
        .isZero();
  }

  /** Starts Java with these options and arguments. */
  void run(String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin/java").toString());
    // what it writes beside its settings, and where it looks for artifacts
    command.add("-Duser.home=" + folder);
    command.add("-Dmaven.repo.local=" + repository);
    command.addAll(List.of(arguments));
    process = start(command);
  }

  private Process start(List<String> command) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("MEDIADROP_"));
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    return builder.start();
  }

  /** Drops a photo and sees it stored and archived, once, beside what the application does. */
  void uploadsAPhotoAndRunsItsOwnRoute() throws IOException {
    awaitSaid("the application's own route ran");
    awaitSaid("Lane default watches " + home.resolve("drop"));
    byte[] photo = Files.readAllBytes(MediaFiles.write(folder.resolve("a.jpg"), 1_000));
    Files.copy(folder.resolve("a.jpg"), home.resolve("drop/a.jpg"));
    awaitSaid("a.jpg is uploaded as media");

    assertThat(sandbox.uploads()).extracting("name").containsExactly("a.jpg");
    Running.patiently().until(() -> archived().size() == 3);
    String original =
        archived().stream().filter(file -> file.endsWith("/a.jpg")).findFirst().orElseThrow();
    assertThat(home.resolve("archive").resolve(original)).hasBinaryContent(photo);
    assertThat(home.resolve("drop/a.jpg")).doesNotExist();
  }

  private List<String> archived() {
    return Running.filesIn(home.resolve("archive"));
  }

  private void awaitSaid(String text) {
    Running.patiently()
        .failFast(() -> assertThat(process.isAlive()).as("it still runs:%n%s", said()).isTrue())
        .untilAsserted(() -> assertThat(said()).contains(text));
  }

  private String said() throws IOException {
    return Files.readString(output);
  }

  /** Ends it, as a person would. */
  void stop() {
    process.destroy();
    try {
      process.onExit().orTimeout(40, TimeUnit.SECONDS).join();
    } catch (CompletionException e) {
      process.destroyForcibly().onExit().join();
    }
  }

  /** Ends it, and leaves no link to what is not its own. */
  @Override
  public void close() throws IOException {
    stop();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path link : files.filter(Files::isSymbolicLink).toList()) {
        Files.delete(link);
      }
    }
  }
}

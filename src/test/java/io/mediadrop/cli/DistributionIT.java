package io.mediadrop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediadrop.media.MediaFiles;
import io.mediadrop.sandbox.Sandbox;
import io.mediadrop.sandbox.SandboxOptions;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DistributionIT {

  /** As Java says it of a class; those of its own archive are not at the top. */
  private static final String FROM_THE_ARCHIVE = "source: shared objects file (top)";

  private static final String ARCHIVE = "mediadrop-\\d+\\.jsa";

  @TempDir Path folder;

  private static ZipFile zip() throws IOException {
    return new ZipFile(Launched.DISTRIBUTION + ".zip");
  }

  @Test
  void holdsProgramRoutesSettingsAndDocumentation() {
    assertThat(Running.filesIn(Launched.DISTRIBUTION))
        .contains(
            "mediadrop",
            "bin/mediadrop",
            "routes/deliver-file.camel.yaml",
            "config/application.properties",
            "config/lanes/default.camel.yaml",
            "README.md",
            "CHANGELOG.md",
            "docs/architecture.md")
        .noneMatch(file -> file.contains("secrets"));
  }

  @Test
  void holdsNoLanesOfWhoeverHasBuiltIt() {
    assertThat(Running.filesIn(Launched.DISTRIBUTION.resolve("config")))
        .containsExactlyInAnyOrderElementsOf(ShippedConfig.FILES);
  }

  @Test
  void isTheSameAsZip() throws IOException {
    try (ZipFile zip = zip()) {
      assertThat(zip.stream().filter(entry -> !entry.isDirectory()).map(ZipEntry::getName))
          .containsExactlyInAnyOrderElementsOf(
              Running.filesIn(Launched.DISTRIBUTION).stream()
                  .filter(file -> !file.startsWith("cache/"))
                  .toList());
    }
  }

  @Test
  void carriesNoLibraryOfTheTests() {
    assertThat(Running.filesIn(Launched.DISTRIBUTION.resolve("lib")))
        .isNotEmpty()
        .noneMatch(jar -> jar.matches("(junit|assertj|awaitility|camel-test|opentest4j).*"));
  }

  @Test
  void carriesNoSecondServerAndNoFormatThatNobodyAsksFor() {
    assertThat(Running.filesIn(Launched.DISTRIBUTION.resolve("lib")))
        .anyMatch(jar -> jar.startsWith("micrometer-registry-prometheus"))
        .noneMatch(jar -> jar.matches("(vertx|netty|.*platform-http-(main|vertx)|HdrHistogram).*"))
        .noneMatch(jar -> jar.startsWith("prometheus-metrics-exposition-formats"));
  }

  @Test
  void carriesRoutesAndDefaultsButNoLanesInItsJar() throws IOException {
    Path jar = Launched.DISTRIBUTION.resolve("lib/" + Launched.DISTRIBUTION.getFileName() + ".jar");
    try (ZipFile bundle = new ZipFile(jar.toFile())) {
      List<String> names = bundle.stream().map(ZipEntry::getName).toList();

      assertThat(names).contains("mediadrop/routes/folder-lane.camel.yaml", "mediadrop.properties");
      assertThat(names).noneMatch(name -> name.contains("lanes/") || name.contains("default"));
    }
  }

  @Test
  void carriesTheSimulatedApiInAJarOfItsOwn() throws IOException {
    String name = "lib/" + Launched.DISTRIBUTION.getFileName();
    try (ZipFile bundle = new ZipFile(Launched.DISTRIBUTION.resolve(name + ".jar").toFile());
        ZipFile sandbox =
            new ZipFile(Launched.DISTRIBUTION.resolve(name + "-sandbox.jar").toFile())) {
      assertThat(bundle.stream().map(ZipEntry::getName))
          .noneMatch(entry -> entry.matches(".*(sandbox|demo|samples).*"));
      assertThat(sandbox.stream().map(ZipEntry::getName))
          .contains("io/mediadrop/sandbox/Sandbox.class", "samples/beach.jpg");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"mediadrop", "bin/mediadrop", "link to mediadrop"})
  void runsItsDemoFromAnyFolderUnzippedToAPathWithSpaces(String script) throws IOException {
    Path program = unzip(folder.resolve("media drop & co"));
    Files.createSymbolicLink(program.resolve("link to mediadrop"), Path.of("bin/mediadrop"));
    try (Launched demo =
        Launched.script(program.resolve(script), folder)
            .with("JAVA_OPTS", "-Djava.io.tmpdir=" + folder)
            .start("demo", "--once")) {
      assertThat(demo.exitCode()).as(demo.err()).isZero();
      assertThat(demo.out()).containsPattern("clip.mp4 +3 parts +\\d+ +yes ");
      assertThat(demo.err()).isEmpty();
    }
    try (DirectoryStream<Path> homes = Files.newDirectoryStream(folder, "mediadrop-demo-*")) {
      assertThat(Files.readAllLines(homes.iterator().next().resolve("notifications.jsonl")))
          .hasSizeGreaterThan(2)
          .allMatch(line -> line.startsWith("{") && line.endsWith("}"));
    }
  }

  @Test
  void takesFilesOfAnyNameUnderAPlainLocale() throws IOException {
    Path home = folder.resolve("Ö home");
    try (Sandbox sandbox = Sandbox.start(SandboxOptions.defaults());
        Launched run =
            Launched.distribution(folder)
                .against(sandbox)
                .with("LC_ALL", "")
                .with("LANG", "C")
                .start("run", "--home", "Ö home")) {
      run.awaitSaid("watches " + home.resolve("drop"));
      MediaFiles.write(home.resolve("drop/Ä 😀.jpg"), 1000);

      run.awaitSaid("Ä 😀.jpg is uploaded");
      assertThat(sandbox.uploads()).extracting("name").containsExactly("Ä 😀.jpg");
    }
  }

  @Test
  void takesEditedRoutesAndSettingsWithoutABuild() throws IOException {
    try (DistributionCopy copy = DistributionCopy.in(folder)) {
      takesEdits(copy.path());
    }
  }

  private void takesEdits(Path program) throws IOException {
    Path route = program.resolve("routes/deliver-file.camel.yaml");
    Files.writeString(
        route,
        Files.readString(route)
            .replaceFirst(
                "      steps:\n", "      steps:\n        - log:\n            message: edited\n"));
    Files.writeString(program.resolve("config/application.properties"), "mediadrop.home = here\n");
    Files.writeString(
        program.resolve("config/own.camel.yaml"),
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
                    message: own route
        """);
    try (Sandbox sandbox = Sandbox.start(SandboxOptions.defaults());
        Launched run =
            Launched.script(program.resolve("mediadrop"), folder).against(sandbox).start("run")) {
      run.awaitSaid("watches " + program.resolve("here/drop")).awaitSaid("own route");
      MediaFiles.write(program.resolve("here/drop/a.jpg"), 1000);

      run.awaitSaid("edited").awaitSaid("a.jpg is uploaded");
    }
  }

  @Test
  void passesJavaOptionsAndRefusesASecondRunOnAHome() throws IOException {
    try (Sandbox sandbox = Sandbox.start(SandboxOptions.defaults());
        Launched first =
            Launched.distribution(folder)
                .against(sandbox)
                .with("JAVA_OPTS", "-Xmx96m -XX:+PrintFlagsFinal")
                .start("run", "--home", "home");
        Launched second =
            first.awaitSaid("watches") == null
                ? null
                : Launched.distribution(folder).against(sandbox).start("run", "--home", "home")) {
      assertThat(first.out()).containsPattern("MaxHeapSize += 100663296");
      assertThat(second.exitCode()).isEqualTo(2);
      assertThat(second.err().lines())
          .singleElement()
          .asString()
          .contains("another mediadrop runs");
    }
  }

  @Test
  void startsFromAnArchiveOfClassesThatItsFirstRunMakes() throws IOException {
    Path program = unzip(folder.resolve("media drop"));
    Path cache = program.resolve("cache");
    try (Sandbox sandbox = Sandbox.start(SandboxOptions.defaults())) {
      Launched.Builder run = Launched.script(program.resolve("mediadrop"), folder).against(sandbox);
      try (Launched first = run.start("run")) {
        Awaitility.await()
            .atMost(3, TimeUnit.MINUTES)
            .failFast(first::ended)
            // what is being made may be moved while it is listed
            .ignoreExceptionsInstanceOf(UncheckedIOException.class)
            .until(() -> Running.filesIn(cache).stream().anyMatch(file -> file.matches(ARCHIVE)));
        first.terminate().exitCode();
        assertThat(first.err()).isEmpty();
      }
      try (Launched second = run.with("JAVA_OPTS", "-Xlog:class+load").start("--version")) {
        assertThat(second.exitCode()).isZero();
        assertThat(second.out()).contains(FROM_THE_ARCHIVE);
      }
      Files.writeString(program.resolve("lib/one more.jar"), "");
      try (Launched third = run.start("--version")) {
        assertThat(third.exitCode()).isZero();
        assertThat(third.out()).contains("class,load").doesNotContain(FROM_THE_ARCHIVE);
        assertThat(third.err()).isEmpty();
      }
    }
    DistributionCopy.awaitNobodyIn(program);
  }

  private Path unzip(Path target) throws IOException {
    try (ZipFile zip = zip()) {
      for (ZipEntry entry : zip.stream().filter(e -> !e.isDirectory()).toList()) {
        Path file = target.resolve(entry.getName());
        Files.createDirectories(file.getParent());
        try (InputStream in = zip.getInputStream(entry)) {
          Files.copy(in, file);
        }
      }
    }
    // java.util.zip does not keep what unzip keeps
    for (String script : new String[] {"mediadrop", "bin/mediadrop"}) {
      Files.setPosixFilePermissions(
          target.resolve(script), PosixFilePermissions.fromString("rwxr-xr-x"));
    }
    return target;
  }
}

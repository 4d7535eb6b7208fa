package io.mediadrop.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mediadrop.cli.Running;
import io.mediadrop.media.MediaFiles;
import io.mediadrop.sandbox.Sandbox;
import java.io.Closeable;
import java.io.File;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Applications whose threads look for classes elsewhere than where mediadrop is. */
class ClassLoadersTest {

  private static final String LOGGING = "logback.configurationFile";

  @TempDir Path folder;
  private Sandbox sandbox;
  private URLClassLoader libraries;
  private URLClassLoader application;
  private ClassLoader before;

  @BeforeEach
  void loadEverythingAnew() throws Exception {
    sandbox = Sandbox.start();
    System.setProperty(LOGGING, Path.of("src/main/resources/io/mediadrop/logback.xml").toString());
    Map<Boolean, List<URL>> places =
        Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
            .collect(
                Collectors.partitioningBy(
                    place -> place.endsWith("classes"),
                    Collectors.mapping(place -> url(Path.of(place)), Collectors.toList())));
    libraries = loader(places.get(false), ClassLoader.getPlatformClassLoader());
    application = loader(places.get(true), libraries);
    before = Thread.currentThread().getContextClassLoader();
  }

  private static URLClassLoader loader(List<URL> places, ClassLoader parent) {
    return new URLClassLoader(places.toArray(URL[]::new), parent);
  }

  private static URL url(Path place) {
    try {
      return place.toUri().toURL();
    } catch (MalformedURLException e) {
      throw new UncheckedIOException(e);
    }
  }

  @AfterEach
  void leave() throws Exception {
    Thread.currentThread().setContextClassLoader(before);
    application.close();
    libraries.close();
    System.clearProperty(LOGGING);
    sandbox.close();
  }

  @Test
  void uploadsWhereThreadsHaveNoClassLoaderOfTheirOwn() throws Exception {
    uploadsWith(null);
  }

  @Test
  void uploadsWhereThreadsKnowTheLibrariesButNotMediadrop() throws Exception {
    uploadsWith(libraries);
  }

  @Test
  void saysWhatIsMissingWhereTheJarIsNotWhole() throws Exception {
    Path classes = Path.of("target/classes");
    for (String file : Running.filesIn(classes)) {
      if (!file.endsWith(".sql")) {
        Path copy = folder.resolve("classes").resolve(file);
        Files.createDirectories(copy.getParent());
        Files.copy(classes.resolve(file), copy);
      }
    }
    List<URL> places = List.of(url(folder.resolve("classes")), url(Path.of("target/test-classes")));
    Thread.currentThread().setContextClassLoader(libraries);
    try (URLClassLoader part = loader(places, libraries)) {
      assertThatThrownBy(() -> start(part))
          .rootCause()
          .hasMessageContaining("has schema 0")
          .hasMessageContaining("put the whole jar of mediadrop on it");
    }
  }

  private void uploadsWith(ClassLoader ofThreads) throws Exception {
    Thread.currentThread().setContextClassLoader(ofThreads);
    try (Closeable running = start(application)) {
      assertThat(running.getClass()).isNotSameAs(PlainHost.class);
      MediaFiles.write(folder.resolve("home/drop/a.jpg"), 1_000);
      Running.patiently().until(() -> filed() == 3);
    }
    assertThat(sandbox.uploads()).extracting("name").containsExactly("a.jpg");
  }

  private Closeable start(ClassLoader loader) throws Exception {
    return (Closeable)
        loader
            .loadClass(PlainHost.class.getName())
            .getConstructor(Path.class, String.class)
            .newInstance(folder, sandbox.baseUrl().toString());
  }

  private int filed() {
    return Running.filesIn(folder.resolve("home/archive")).size();
  }
}

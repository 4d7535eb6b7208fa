package io.mediadrop.host;

import io.mediadrop.sandbox.Sandbox;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code camel run}, which fetches the bundle while it runs, into a class loader of its own. */
@Tag("troubles")
class CamelCliIT {

  private static final String POM =
      """
      <project>
        <modelVersion>4.0.0</modelVersion>
        <groupId>own</groupId>
        <artifactId>own</artifactId>
        <version>1</version>
        <properties>
          <maven.compiler.source>17</maven.compiler.source>
          <maven.compiler.target>17</maven.compiler.target>
          <project.build.sourceEncoding>UTF-8</project.build.sourceEncoding>
        </properties>
        <dependencies>
          <dependency>
            <groupId>org.apache.camel</groupId>
            <artifactId>camel-jbang-core</artifactId>
            <version>4.17.0</version>
          </dependency>
        </dependencies>
      </project>
      """;

  /** What the command {@code camel} starts. */
  private static final String MAIN =
      """
      public class Camel {

        public static void main(String[] arguments) {
          org.apache.camel.dsl.jbang.core.commands.CamelJBangMain.run(arguments);
        }
      }
      """;

  @TempDir Path folder;

  @BeforeEach
  void keepMavenSettings() throws Exception {
    Files.createSymbolicLink(
        folder.resolve(".m2"), Path.of(System.getProperty("user.home"), ".m2"));
  }

  @Test
  void uploadsWithTheBundleAsDependency() throws Exception {
    try (Sandbox sandbox = Sandbox.start();
        Application application = new Application(folder, sandbox)) {
      application
          .with("pom.xml", POM)
          .with("src/main/java/Camel.java", MAIN)
          .with("own.camel.yaml", Application.OWN_ROUTE)
          .build("compile", "dependency:build-classpath", "-Dmdep.outputFile=libraries");
      String libraries = Files.readString(folder.resolve("libraries"));
      application.run(
          "-cp",
          "target/classes" + File.pathSeparator + libraries,
          "Camel",
          "run",
          "--dep=mvn:io.mediadrop:mediadrop:" + LocalRepository.VERSION,
          "application.properties",
          "own.camel.yaml");

      application.uploadsAPhotoAndRunsItsOwnRoute();
    }
  }
}

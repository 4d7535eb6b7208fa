package io.mediadrop.host;

import io.mediadrop.sandbox.Sandbox;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A fat jar of Spring Boot that has Camel's usual folder for routes. */
@Tag("troubles")
class SpringBootIT {

  private static final String POM =
      """
      <project>
        <modelVersion>4.0.0</modelVersion>
        <parent>
          <groupId>org.springframework.boot</groupId>
          <artifactId>spring-boot-starter-parent</artifactId>
          <version>3.5.10</version>
          <relativePath/>
        </parent>
        <groupId>own</groupId>
        <artifactId>own</artifactId>
        <version>1</version>
        <dependencies>
          <dependency>
            <groupId>io.mediadrop</groupId>
            <artifactId>mediadrop</artifactId>
            <version>%s</version>
          </dependency>
          <dependency>
            <groupId>org.apache.camel.springboot</groupId>
            <artifactId>camel-spring-boot-starter</artifactId>
            <version>4.18.0</version>
          </dependency>
          <dependency>
            <groupId>org.apache.camel.springboot</groupId>
            <artifactId>camel-yaml-dsl-starter</artifactId>
            <version>4.18.0</version>
          </dependency>
        </dependencies>
        <build>
          <plugins>
            <plugin>
              <groupId>org.springframework.boot</groupId>
              <artifactId>spring-boot-maven-plugin</artifactId>
            </plugin>
          </plugins>
        </build>
      </project>
      """;

  private static final String MAIN =
      """
      package own;

      import org.springframework.boot.SpringApplication;
      import org.springframework.boot.autoconfigure.SpringBootApplication;

      @SpringBootApplication
      public class Own {

        public static void main(String[] arguments) {
          SpringApplication.run(Own.class, arguments);
        }
      }
      """;

  @TempDir Path folder;

  @Test
  void uploadsFromAFatJarWithRoutesOfItsOwn() throws Exception {
    try (Sandbox sandbox = Sandbox.start();
        Application application = new Application(folder, sandbox)) {
      application
          .with("pom.xml", POM.formatted(LocalRepository.VERSION))
          .with("src/main/java/own/Own.java", MAIN)
          .with("src/main/resources/camel/own.camel.yaml", Application.OWN_ROUTE)
          .build("package");
      application.run("-jar", "target/own-1.jar", "--camel.main.run-controller=true");

      application.uploadsAPhotoAndRunsItsOwnRoute();
    }
  }
}

package io.mediadrop.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediadrop.cli.Running;
import io.mediadrop.console.Caller;
import io.mediadrop.console.RawCaller;
import io.mediadrop.sandbox.Sandbox;
import java.io.IOException;
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
          %s
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

  private static final String PLATFORM_HTTP =
      """
      <dependency>
        <groupId>org.apache.camel.springboot</groupId>
        <artifactId>camel-platform-http-starter</artifactId>
        <version>4.18.0</version>
      </dependency>
      """;

  private static final String ACTUATOR =
      """
      <dependency>
        <groupId>org.springframework.boot</groupId>
        <artifactId>spring-boot-starter-actuator</artifactId>
      </dependency>
      """;

  /** One that is open to everybody. */
  private static final String OWN_HTTP =
      """
      - route:
          id: own-http
          from:
            uri: platform-http:/own
            steps:
              - setBody:
                  constant:
                    expression: mine
      """;

  /** One behind the gate that changes something, as soon as the gate is there. */
  private static final String GATED_ROUTE =
      """
      package own;

      import org.apache.camel.CamelContext;
      import org.apache.camel.builder.RouteBuilder;
      import org.springframework.boot.context.event.ApplicationReadyEvent;
      import org.springframework.context.event.EventListener;
      import org.springframework.stereotype.Component;

      @Component
      public class Gated {

        private final CamelContext context;

        public Gated(CamelContext context) {
          this.context = context;
        }

        @EventListener(ApplicationReadyEvent.class)
        public void add() throws Exception {
          RouteBuilder.addRoutes(
              context,
              routes ->
                  routes
                      .from("platform-http:/mediadrop/api/echo")
                      .routeConfigurationId("console-gate")
                      .streamCache("false")
                      .setBody(routes.simple("you said ${body}")));
        }
      }
      """;

  private static final String OK = "HTTP/1.1 200 ";

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
          .with("pom.xml", POM.formatted(LocalRepository.VERSION, ""))
          .with("src/main/java/own/Own.java", MAIN)
          .with("src/main/resources/camel/own.camel.yaml", Application.OWN_ROUTE)
          .build("package");
      application.run("-jar", "target/own-1.jar", "--camel.main.run-controller=true");

      application.uploadsAPhotoAndRunsItsOwnRoute();
    }
  }

  @Test
  void hasTheConsoleOnTheHostsServerAndLeavesItsOwnRoutesAlone() throws Exception {
    RawCaller caller = RawCaller.at(Caller.freePort());
    String server = "--server.port=" + caller.port();
    try (Sandbox sandbox = Sandbox.start();
        Application application = new Application(folder, sandbox)) {
      application
          .with("pom.xml", POM.formatted(LocalRepository.VERSION, PLATFORM_HTTP + ACTUATOR))
          .with("src/main/java/own/Own.java", MAIN)
          .with("src/main/resources/camel/own.camel.yaml", Application.OWN_ROUTE + OWN_HTTP)
          .with("src/main/java/own/Gated.java", GATED_ROUTE)
          .build("package");

      application.run(
          "-jar",
          "target/own-1.jar",
          server,
          "--mediadrop.console.path=/mediadrop",
          "--management.endpoint.health.show-details=always",
          "--camel.health.exposure-level=full");
      application.uploadsAPhotoAndRunsItsOwnRoute();
      tellsHowItIs(caller);
      guardsTheConsoleAlone(caller);
      application.stop();

      application.run("-jar", "target/own-1.jar", server);
      Running.patiently().ignoreExceptions().until(() -> caller.get("/own").startsWith(OK));
      assertThat(caller.get("/mediadrop/api/token")).startsWith("HTTP/1.1 404 ");
      assertThat(caller.get("/api/token")).startsWith("HTTP/1.1 404 ");
    }
  }

  private static void tellsHowItIs(RawCaller caller) throws IOException {
    assertThat(caller.get("/mediadrop/observe/health"))
        .startsWith(OK)
        .contains("\"name\":\"ledger\",\"status\":\"UP\"", "\"all lanes take files\"");
    assertThat(caller.get("/mediadrop/observe/health/ready")).startsWith(OK);
    assertThat(caller.get("/mediadrop/observe/metrics"))
        .startsWith(OK)
        .contains("mediadrop_uploads_total{lane=\"default\",outcome=\"uploaded\"} 1.0");
    assertThat(caller.get("/actuator/health"))
        .startsWith(OK)
        .contains("mediadrop-ledger", "mediadrop-lanes", "mediadrop-process");
  }

  private static void guardsTheConsoleAlone(RawCaller caller) throws IOException {
    String evil = "Host: evil.example";
    assertThat(caller.ask("GET /own", evil, "")).startsWith(OK).contains("mine");
    assertThat(caller.get("/own", "Origin: http://evil.example"))
        .startsWith(OK)
        .doesNotContain("Content-Security-Policy");
    String token = "X-Mediadrop-Token: " + caller.token("/mediadrop");
    assertThat(caller.get("/mediadrop/observe/health/live")).startsWith(OK);
    assertThat(caller.get("/api/token")).startsWith("HTTP/1.1 404 ");
    assertThat(caller.ask("GET /mediadrop/api/token", evil)).startsWith("HTTP/1.1 403 ");
    assertThat(caller.get("/mediadrop/api/token", "X-Forwarded-For: 203.0.113.9"))
        .startsWith("HTTP/1.1 403 ");
    assertThat(caller.post("/mediadrop/api/echo", "a")).startsWith("HTTP/1.1 403 ");
    assertThat(caller.post("/mediadrop/api/echo", "a", token))
        .startsWith(OK)
        .contains("you said a");
    assertThat(caller.post("/mediadrop/api/echo", "x".repeat(10 << 20), token))
        .startsWith("HTTP/1.1 413 ");
  }
}

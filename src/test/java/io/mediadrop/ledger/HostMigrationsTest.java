package io.mediadrop.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An application around mediadrop that has migrations of its own, where Flyway expects them. */
class HostMigrationsTest {

  private static final Path OURS = Path.of("src/main/resources/io/mediadrop/ledger/migration");

  @TempDir Path folder;
  private ClassLoader before;
  private URLClassLoader host;
  private Path scripts;

  @BeforeEach
  void beInAnApplication() throws Exception {
    scripts = Files.createDirectories(folder.resolve("host/db/migration"));
    before = Thread.currentThread().getContextClassLoader();
    URL classes = folder.resolve("host").toUri().toURL();
    host = new URLClassLoader(new URL[] {classes}, before);
    Thread.currentThread().setContextClassLoader(host);
  }

  @AfterEach
  void leaveIt() throws Exception {
    Thread.currentThread().setContextClassLoader(before);
    host.close();
  }

  @Test
  void areNotRunOnTheLedger() throws Exception {
    Files.writeString(scripts.resolve("V1__customers.sql"), "CREATE TABLE customers (id INTEGER)");
    Files.writeString(scripts.resolve("V13__orders.sql"), "CREATE TABLE orders (id INTEGER)");

    assertThat(tablesOfTheLedger()).contains("drops").doesNotContain("customers", "orders");
  }

  @Test
  void areNotNeededToFindThoseOfTheLedger() throws Exception {
    Thread.currentThread().setContextClassLoader(ClassLoader.getPlatformClassLoader());

    assertThat(tablesOfTheLedger()).contains("drops");
  }

  @Test
  void areTheOnlyOnesOnTheHostsDatabase() throws Exception {
    Files.writeString(scripts.resolve("V1__customers.sql"), "CREATE TABLE customers (id INTEGER)");
    String url = "jdbc:sqlite:" + folder.resolve("host.db");

    assertThat(Flyway.configure().dataSource(url, null, null).load().migrate().migrationsExecuted)
        .isOne();
  }

  @Test
  void wereOnceWhereThoseOfTheLedgerWere() throws Exception {
    for (Path script : filesIn(OURS)) {
      Files.copy(script, scripts.resolve(script.getFileName()));
    }
    String url = "jdbc:sqlite:" + Files.createDirectories(folder.resolve("data")) + "/ledger.db";
    Flyway.configure().dataSource(url, null, null).target("11").load().migrate();

    assertThat(tablesOfTheLedger()).contains("drops");
    assertThat(tablesOfTheLedger()).contains("drops");
  }

  private List<String> tablesOfTheLedger() throws Exception {
    try (OpenLedger ledger = OpenLedger.in(folder)) {
      return ledger
          .database()
          .read(
              handle ->
                  handle.createQuery("SELECT name FROM sqlite_master").mapTo(String.class).list());
    }
  }

  private static List<Path> filesIn(Path folder) throws Exception {
    try (var files = Files.list(folder)) {
      return files.toList();
    }
  }
}

package io.mediadrop.cli;

import io.mediadrop.base.ConfigurationMistake;
import io.mediadrop.lanefile.LaneReportFile;
import io.mediadrop.ledger.SqliteLibrary;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.sqlite.SQLiteConfig;

/**
 * The home and its ledger as the settings name them, for a command that looks at them, also while
 * another process works there.
 */
final class HomeAccess implements AutoCloseable {

  private static final String SQLITE = "jdbc:sqlite:";

  private final CamelContext context = new DefaultCamelContext();
  private final Path home;

  /**
   * Reads the settings.
   *
   * @throws ConfigurationMistake if there is no home, or this user may not read it
   */
  HomeAccess(RunOptions options) {
    Settings settings = options.settings();
    context.getPropertiesComponent().setOverrideProperties(settings.resolved());
    context
        .getPropertiesComponent()
        .addPropertiesSource(new OwnKeys(() -> settings, options.configuration()));
    context.build();
    home = Path.of(resolved("{{mediadrop.home}}"));
    requireReadable();
  }

  private void requireReadable() {
    if (Files.isDirectory(home) && Files.isDirectory(data()) && !canRead(data())) {
      throw new ConfigurationMistake(
          ("this user may not read %s: call this as the user that mediadrop runs as, or as root")
              .formatted(data()));
    }
    if (!Files.isDirectory(data())) {
      throw new ConfigurationMistake(
          ("there is no home of mediadrop at %s: name with --home the one that run was given, or let"
                  + " it run there first")
              .formatted(home));
    }
  }

  private static boolean canRead(Path data) {
    Path report = LaneReportFile.in(data);
    return Files.isReadable(data)
        && Files.isExecutable(data)
        && (Files.notExists(report) || Files.isReadable(report));
  }

  CamelContext context() {
    return context;
  }

  /** The text with the values of the settings that it names. */
  String resolved(String text) {
    return context.resolvePropertyPlaceholders(text);
  }

  Path home() {
    return home;
  }

  /** The home's folder for data. */
  Path data() {
    return home.resolve("data");
  }

  /**
   * Asks the ledger, without changing anything; nothing if there is none.
   *
   * @throws ConfigurationMistake if it cannot be read
   */
  <T> Optional<T> ask(HandleCallback<T, RuntimeException> query) {
    String url = resolved("{{mediadrop.ledger.url}}");
    Properties options = new Properties();
    if (url.startsWith(SQLITE)) {
      if (!Files.exists(Path.of(url.substring(SQLITE.length()).replaceFirst("\\?.*", "")))) {
        return Optional.empty();
      }
      SqliteLibrary.load(data());
      SQLiteConfig sqlite = new SQLiteConfig();
      sqlite.setReadOnly(true);
      options = sqlite.toProperties();
    }
    try {
      return Optional.ofNullable(Jdbi.create(url, options).withHandle(query));
    } catch (JdbiException e) {
      throw new ConfigurationMistake(
          "the ledger (mediadrop.ledger.url, MEDIADROP_LEDGER_URL) cannot be read: "
              + e.getCause().getMessage(),
          e);
    }
  }

  @Override
  public void close() {
    context.stop();
  }
}

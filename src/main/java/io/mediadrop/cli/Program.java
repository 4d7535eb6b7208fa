package io.mediadrop.cli;

import io.mediadrop.ConfigurationMistake;
import io.mediadrop.Quantity;
import io.mediadrop.source.Intake;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.regex.Pattern;
import org.apache.camel.CamelContext;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.Main;
import org.apache.camel.main.MainListenerSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A Camel main with mediadrop's routes, the user's lanes and settings, and nothing else. */
final class Program {

  private static final Logger LOG = LoggerFactory.getLogger("mediadrop");

  /** Camel separates patterns by commas, and reads these in a folder's name as wildcards. */
  private static final Pattern MISREAD = Pattern.compile("[,*?{}]");

  private Program() {}

  /** The program, ready to start. */
  static Main prepare(Settings settings, Path config) throws IOException {
    Properties resolved = settings.resolved();
    if (Files.isDirectory(config.resolve("lanes"))) {
      new LaneTemplates(Installation.current()).check(readable(config.resolve("lanes")));
    }
    Main main = new Main();
    main.setDefaultPropertyPlaceholderLocation("false");
    main.setOverrideProperties(resolved);
    main.configure()
        .withName("mediadrop")
        .withRoutesIncludePattern(String.join(",", routes(config)))
        // the settings are resolved already; Camel would let the environment win once more
        .withAutoConfigurationEnvironmentVariablesEnabled(false)
        // the summary would list the settings, the key among them
        .withAutoConfigurationLogSummary(false)
        .withShutdownTimeout((int) timeout(settings))
        .withShutdownLogInflightExchangesOnTimeout(false)
        .withShutdownSuppressLoggingOnTimeout(true);
    // what nothing has set, such as a key of the user's own route, may stand in either
    main.addInitialProperty("camel.component.properties.environmentVariableMode", "fallback");
    main.addInitialProperty("camel.component.properties.systemPropertiesMode", "fallback");
    main.addMainListener(new Stopping());
    return main;
  }

  private static long timeout(Settings settings) {
    return Math.max(1, Quantity.time(settings.get("mediadrop.shutdown.timeout")).toSeconds());
  }

  private static List<String> routes(Path config) {
    List<String> places = new ArrayList<>();
    places.add(Installation.current().routes());
    for (Path folder : new Path[] {config, config.resolve("lanes")}) {
      if (Files.isDirectory(folder)) {
        places.add("file:" + readable(folder) + "/*.camel.yaml");
      }
    }
    return places;
  }

  private static Path readable(Path folder) {
    if (MISREAD.matcher(folder.toString()).find()) {
      throw new ConfigurationMistake(
          folder + ": its path must not contain ',', '*', '?', '{' or '}': move or rename it");
    }
    if (!Files.isReadable(folder) || !Files.isExecutable(folder)) {
      throw new ConfigurationMistake(
          folder + " cannot be read: give this user the right to list and enter it");
    }
    return folder;
  }

  /** Ends the intake first, so that a stop waits for uploads under way and begins no other. */
  private static final class Stopping extends MainListenerSupport {

    @Override
    public void beforeStop(BaseMainSupport main) {
      CamelContext context = main.getCamelContext();
      context.getRegistry().findByType(Intake.class).forEach(Intake::stop);
      if (context.getInflightRepository().size() > 0) {
        LOG.info(
            "Stopping; uploads under way may take {} to end",
            context.resolvePropertyPlaceholders("{{mediadrop.shutdown.timeout}}"));
      }
    }

    @Override
    public void afterStop(BaseMainSupport main) {
      if (main.getCamelContext().getShutdownStrategy().isTimeoutOccurred()) {
        LOG.warn("Stopped with uploads under way; the next start goes on with them");
      }
    }
  }
}

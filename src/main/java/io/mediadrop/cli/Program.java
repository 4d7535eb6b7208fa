package io.mediadrop.cli;

import io.mediadrop.base.ConfigurationMistake;
import io.mediadrop.lane.Intake;
import io.mediadrop.lanefile.LaneFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.apache.camel.CamelContext;
import org.apache.camel.FailedToCreateRouteException;
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.Main;
import org.apache.camel.main.MainListenerSupport;
import org.apache.camel.model.Model;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.support.LifecycleStrategySupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A Camel main with mediadrop's routes, the user's lanes and settings, and nothing else. */
public final class Program {

  private static final Logger LOG = LoggerFactory.getLogger("mediadrop");

  /** Camel separates patterns by commas, and reads these in a folder's name as wildcards. */
  private static final Pattern MISREAD = Pattern.compile("[,*?{}]");

  private Program() {}

  /** The program, ready to start. */
  public static Main prepare(Settings settings, Path config) {
    return prepare(() -> settings, config);
  }

  /** The program, ready to start, with settings that may change as far as they are the user's. */
  static Main prepare(Supplier<Settings> source, Path config) {
    Settings settings = source.get();
    if (settings.get("mediadrop.lanes.folder").isEmpty()) {
      settings.with("mediadrop.lanes.folder", config.resolve("lanes").toString());
    }
    // here people can edit the routes, and they are read from where these are
    settings.with("mediadrop.bundle", "off");
    Properties resolved = settings.resolved();
    resolved.stringPropertyNames().stream().filter(OwnKeys::isOwn).forEach(resolved::remove);
    Main main = new WithLanes(config.resolve("lanes"));
    main.setDefaultPropertyPlaceholderLocation("false");
    main.setOverrideProperties(resolved);
    main.configure()
        .withName("mediadrop")
        .withRoutesIncludePattern(String.join(",", routes(config)))
        // the settings are resolved already; Camel would let the environment win once more
        .withAutoConfigurationEnvironmentVariablesEnabled(false)
        // the summary would list the settings, the key among them
        .withAutoConfigurationLogSummary(false);
    // what nothing has set, such as a key of the user's own route, may stand in either
    main.addInitialProperty("camel.component.properties.environmentVariableMode", "fallback");
    main.addInitialProperty("camel.component.properties.systemPropertiesMode", "fallback");
    main.addMainListener(new Stopping());
    main.bind("ownKeys", new OwnKeys(source, config));
    return main;
  }

  private static List<String> routes(Path config) {
    List<String> places = new ArrayList<>();
    places.add(Installation.current().beansAndRoutes());
    if (Files.isDirectory(config)) {
      places.add("file:" + readable(config) + "/*.camel.yaml");
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

  /** Does not start where no lane can. */
  private static final class WithLanes extends Main {

    private final Path usualLanes;

    WithLanes(Path usualLanes) {
      this.usualLanes = usualLanes;
    }

    @Override
    protected void doStart() throws Exception {
      try {
        super.doStart();
      } catch (FailedToCreateRouteException e) {
        // it says which route, but not where that is
        throw new RuntimeCamelException(fileOf(e.getRouteId()) + ": " + e.getMessage(), e);
      }
      requireLanesFolder();
      getCamelContext().getRegistry().findByType(LaneFiles.class).forEach(LaneFiles::start);
    }

    /** Where somebody has named one; without lanes in the usual one, there may be some later. */
    private void requireLanesFolder() {
      Path folder =
          Path.of(getCamelContext().resolvePropertyPlaceholders("{{mediadrop.lanes.folder}}"));
      if (!folder.equals(usualLanes) && !Files.isDirectory(folder)) {
        throw new ConfigurationMistake(
            "mediadrop.lanes.folder (MEDIADROP_LANES_FOLDER): there is no folder %s: create it or name another"
                .formatted(folder));
      }
    }

    private String fileOf(String route) {
      RouteDefinition definition =
          getCamelContext()
              .getCamelContextExtension()
              .getContextPlugin(Model.class)
              .getRouteDefinition(route);
      return definition == null || definition.getResource() == null
          ? "a route"
          : definition.getResource().getLocation();
    }
  }

  /** Ends the intake first, so that a stop waits for uploads under way and begins no other. */
  private static final class Stopping extends MainListenerSupport {

    @Override
    public void beforeStart(BaseMainSupport main) {
      // Main's own afterStop may come too late: Java ends as soon as the context has stopped
      main.getCamelContext().addLifecycleStrategy(new Farewell());
    }

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
  }

  private static final class Farewell extends LifecycleStrategySupport {

    @Override
    public void onContextStopped(CamelContext context) {
      if (context.getShutdownStrategy().isTimeoutOccurred()) {
        LOG.warn("Stopped with uploads under way; the next start goes on with them");
      }
    }
  }
}

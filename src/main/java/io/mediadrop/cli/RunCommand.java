package io.mediadrop.cli;

import io.mediadrop.ConfigurationMistake;
import io.mediadrop.lane.Lane;
import io.mediadrop.lane.Lanes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.apache.camel.CamelContext;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.Main;
import org.apache.camel.main.MainListenerSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Watches the lanes' folders until it is stopped. */
@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    description = "Watches the drop folders and uploads what is put there, until it is stopped.")
public final class RunCommand implements Callable<Integer> {

  private static final Logger LOG = LoggerFactory.getLogger("mediadrop");

  /** Camel reads these in the path of a folder as something else. */
  private static final Pattern MISREAD =
      Pattern.compile("\\?|%[0-9A-Fa-f]{2}|\\{\\{|\\$(simple)?\\{");

  @Option(
      names = "--home",
      paramLabel = "DIR",
      description = "The folder with drop, archive, failed and data (default: media).")
  private Path home;

  @Option(
      names = "--config",
      paramLabel = "DIR",
      description = "The folder with application.properties and lanes (default: config).")
  private Path config;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Sets one setting; beats the environment and the files. No secrets here.")
  private Map<String, String> set = new LinkedHashMap<>();

  private final Map<String, String> environment;

  RunCommand(Map<String, String> environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() throws Exception {
    Path configuration = configuration();
    Settings settings =
        new Settings()
            .files(configuration)
            .environment(environment)
            .javaOptions(System.getProperties())
            .commandLine(set);
    settings.with("mediadrop.home", home(settings).toString());
    Main main = Program.prepare(settings, configuration);
    main.addMainListener(new Greeting());
    main.run();
    return main.getExitCode();
  }

  private Path configuration() {
    Path folder = config == null ? Installation.current().config() : config;
    if (!Files.isDirectory(folder)) {
      throw new ConfigurationMistake(
          "the configuration folder %s %s: name one with --config DIR"
              .formatted(folder, Files.exists(folder) ? "is no folder" : "does not exist"));
    }
    return folder.toAbsolutePath().normalize();
  }

  private Path home(Settings settings) {
    Path place =
        home != null ? home : Installation.current().root().resolve(settings.get("mediadrop.home"));
    Path absolute = place.toAbsolutePath().normalize();
    if (MISREAD.matcher(absolute.toString()).find()) {
      throw new ConfigurationMistake(
          "the home %s (mediadrop.home, MEDIADROP_HOME): its path must not contain '?', '{{', '${' or '%%'"
                  .formatted(absolute)
              + " before two hex digits: choose another");
    }
    return absolute;
  }

  private static final class Greeting extends MainListenerSupport {

    @Override
    public void afterStart(BaseMainSupport main) {
      CamelContext context = main.getCamelContext();
      Lanes lanes = context.getRegistry().lookupByNameAndType("lanes", Lanes.class);
      if (lanes.all().isEmpty()) {
        LOG.warn("Nothing is watched: there is no lane in the lanes folder of the configuration");
      }
      for (Lane lane : lanes.all()) {
        LOG.info("Lane {} watches {}", lane, lane.place());
      }
      LOG.info(
          "Uploads go to {}", context.resolvePropertyPlaceholders("{{mediadrop.api.base-url}}"));
    }
  }
}

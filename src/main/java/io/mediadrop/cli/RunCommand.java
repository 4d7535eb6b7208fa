package io.mediadrop.cli;

import io.mediadrop.lane.Lane;
import io.mediadrop.lane.Lanes;
import io.mediadrop.source.Printable;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
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

  @Override
  public Integer call() throws Exception {
    Path configuration =
        config == null ? Installation.current().config() : config.toAbsolutePath().normalize();
    Settings settings =
        new Settings().files(configuration).environment(System.getenv()).commandLine(set);
    settings.with("mediadrop.home", home(settings).toString());
    Main main = Program.prepare(settings, configuration);
    main.addMainListener(new Greeting());
    main.run();
    return main.getExitCode();
  }

  private Path home(Settings settings) {
    Path place =
        home != null ? home : Installation.current().root().resolve(settings.get("mediadrop.home"));
    return place.toAbsolutePath().normalize();
  }

  private static final class Greeting extends MainListenerSupport {

    @Override
    public void afterStart(BaseMainSupport main) {
      CamelContext context = main.getCamelContext();
      Lanes lanes = context.getRegistry().lookupByNameAndType("lanes", Lanes.class);
      for (Lane lane : lanes.all()) {
        LOG.info("Lane {} watches {}", lane, Printable.of(lane.directory()));
      }
      LOG.info(
          "Uploads go to {}", context.resolvePropertyPlaceholders("{{mediadrop.api.base-url}}"));
    }
  }
}

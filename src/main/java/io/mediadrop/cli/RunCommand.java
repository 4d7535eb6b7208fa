package io.mediadrop.cli;

import io.mediadrop.lane.Lanes;
import io.mediadrop.net.Network;
import io.mediadrop.net.WebAddress;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.apache.camel.CamelContext;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.Main;
import org.apache.camel.main.MainListenerSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Watches the lanes' folders until it is stopped. */
@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    description = "Watches the drop folders and uploads what is put there, until it is stopped.")
public final class RunCommand implements Callable<Integer> {

  private static final Logger LOG = LoggerFactory.getLogger("mediadrop");

  @Mixin private final RunOptions options;

  RunCommand(Map<String, String> environment) {
    options = new RunOptions(environment);
  }

  @Override
  public Integer call() throws Exception {
    LogFormat.apply(options.settings());
    Main main = Program.prepare(options::settings, options.configuration());
    HeapCare.begin();
    main.addMainListener(new Greeting());
    main.run();
    return main.getExitCode();
  }

  private static final class Greeting extends MainListenerSupport {

    @Override
    public void afterStart(BaseMainSupport main) {
      CamelContext context = main.getCamelContext();
      Lanes lanes = context.getRegistry().lookupByNameAndType("lanes", Lanes.class);
      if (lanes.all().isEmpty() && !lanes.awaited().isEmpty()) {
        LOG.warn(
            "Nothing is watched yet: the folder of {} is waited for",
            String.join(", ", new TreeSet<>(lanes.awaited())));
      } else if (lanes.all().isEmpty()) {
        LOG.warn(
            "Nothing is watched: there is no lane in {}",
            context.resolvePropertyPlaceholders("{{mediadrop.lanes.folder}}"));
      }
      String api = context.resolvePropertyPlaceholders("{{mediadrop.api.base-url}}");
      LOG.info(
          "Uploads go to {}{}",
          api,
          context
              .getRegistry()
              .lookupByNameAndType("network", Network.class)
              .proxyOf(WebAddress.of(api))
              .map(proxy -> " through the proxy " + proxy)
              .orElse(""));
    }
  }
}

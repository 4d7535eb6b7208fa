package io.mediadrop.cli;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Lists the lanes, also while they run. */
@Command(
    name = "lanes",
    mixinStandardHelpOptions = true,
    description = "Lists the lanes, how they are and what waits in them, also beside a 'run'.")
public final class LanesCommand implements Callable<Integer> {

  @Mixin private final RunOptions options;
  @Spec private CommandSpec spec;

  LanesCommand(Map<String, String> environment) {
    options = new RunOptions(environment);
  }

  @Override
  public Integer call() throws Exception {
    Settings settings = options.settings();
    String folder = settings.get("mediadrop.lanes.folder");
    CamelContext context = new DefaultCamelContext();
    try {
      context.getPropertiesComponent().setOverrideProperties(settings.resolved());
      context
          .getPropertiesComponent()
          .addPropertiesSource(new OwnKeys(() -> settings, options.configuration()));
      context.build();
      LaneList list =
          new LaneList(
              context,
              folder.isEmpty() ? options.configuration().resolve("lanes") : Path.of(folder));
      LaneLine.print(list.lines(), spec.commandLine().getOut());
    } finally {
      context.stop();
    }
    return 0;
  }
}

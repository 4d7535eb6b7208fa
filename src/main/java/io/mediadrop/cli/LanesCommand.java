package io.mediadrop.cli;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
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
    try (HomeAccess home = new HomeAccess(options)) {
      String folder = home.resolved("{{mediadrop.lanes.folder:}}");
      LaneList list =
          new LaneList(
              home, folder.isEmpty() ? options.configuration().resolve("lanes") : Path.of(folder));
      LaneLine.print(list.lines(), spec.commandLine().getOut());
    }
    return 0;
  }
}

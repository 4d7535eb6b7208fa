package io.mediadrop.cli;

import io.mediadrop.base.ConfigurationMistake;
import io.mediadrop.base.Quantity;
import io.mediadrop.ledger.History;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jdbi.v3.core.Handle;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Lists what was uploaded, one line after the other, however much it is. */
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    description = "Lists what was uploaded, also beside a 'run'.",
    footer = {
      "",
      "Examples:",
      "  mediadrop list --since 7d",
      "  mediadrop list --lane alice --csv > alice.csv",
      "  mediadrop list --json"
    })
public final class ListCommand implements Callable<Integer> {

  @Mixin private final RunOptions options;
  @Spec private CommandSpec spec;

  @Option(
      names = "--since",
      paramLabel = "TIME",
      description = "Only what was uploaded in this time, such as 24h or 7d.")
  private String since;

  @Option(names = "--lane", paramLabel = "LANE", description = "Only uploads of this lane.")
  private String lane;

  @ArgGroup private Form form = new Form();

  private static final class Form {

    @Option(names = "--csv", description = "Prints a table for spreadsheets.")
    private boolean csv;

    @Option(names = "--json", description = "Prints a JSON array.")
    private boolean json;
  }

  ListCommand(Map<String, String> environment) {
    options = new RunOptions(environment);
  }

  @Override
  public Integer call() throws IOException {
    Instant begin = begin();
    PrintWriter out = spec.commandLine().getOut();
    try (HomeAccess home = new HomeAccess(options);
        UploadLines lines =
            form.json
                ? UploadLines.json(out)
                : form.csv ? UploadLines.csv(out) : UploadLines.text(out)) {
      home.ask((Handle handle) -> all(handle, begin, lines));
    }
    return out.checkError() ? 1 : 0;
  }

  private Instant begin() {
    try {
      return since == null ? Instant.EPOCH : Instant.now().minus(Quantity.time(since));
    } catch (IllegalArgumentException e) {
      throw new ConfigurationMistake("--since: " + e.getMessage(), e);
    }
  }

  private Void all(Handle handle, Instant begin, UploadLines lines) {
    History.uploads(handle, begin, lane, lines::add);
    return null;
  }
}

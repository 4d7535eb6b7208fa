package io.mediadrop.cli;

import io.mediadrop.file.Home;
import io.mediadrop.ledger.LedgerPutBack;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Puts a copy of the ledger back. */
@Command(
    name = "restore",
    mixinStandardHelpOptions = true,
    description = {
      "Puts a copy of the ledger back where none runs. The one that is there is kept beside it; the next"
          + " 'run' makes the copy whole from the receipts in the archive."
    },
    footer = {"", "Example:", "  mediadrop restore --home media /backup/ledger-monday.db"})
public final class RestoreCommand implements Callable<Integer> {

  @Mixin private final RunOptions options;
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "FILE", description = "The copy, such as 'backup' makes it.")
  private Path file;

  RestoreCommand(Map<String, String> environment) {
    options = new RunOptions(environment);
  }

  @Override
  public Integer call() throws IOException {
    try (HomeAccess access = new HomeAccess(options)) {
      Home home = new Home();
      home.setRoot(access.home().toString());
      home.open();
      try {
        String url = access.resolved("{{mediadrop.ledger.url}}");
        tell(home, new LedgerPutBack(url, home).put(file, Instant.now()));
      } finally {
        home.close();
      }
      return 0;
    }
  }

  private void tell(Home home, Path kept) {
    PrintWriter out = spec.commandLine().getOut();
    out.printf("%s is the ledger of %s now.%n", file.toAbsolutePath(), home.root());
    if (kept != null) {
      out.printf("The one that was there is kept as %s.%n", kept);
    }
    out.printf(
        "The next start makes it whole from the receipts in archive/. What was uploaded since the copy and"
            + " still lies in a watched folder has no receipt: move it away before, or it is uploaded"
            + " again.%n");
    out.flush();
  }
}

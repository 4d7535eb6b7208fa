package io.mediadrop.cli;

import io.mediadrop.ledger.LedgerBackup;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Copies the ledger, also while it is written to. */
@Command(
    name = "backup",
    mixinStandardHelpOptions = true,
    description = "Copies the ledger as it is at this moment to a new file, also beside a 'run'.",
    footer = {"", "Example:", "  mediadrop backup --home media /backup/ledger-monday.db"})
public final class BackupCommand implements Callable<Integer> {

  @Mixin private final RunOptions options;
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "FILE", description = "The copy, which must not be there yet.")
  private Path file;

  BackupCommand(Map<String, String> environment) {
    options = new RunOptions(environment);
  }

  @Override
  public Integer call() throws IOException {
    try (HomeAccess home = new HomeAccess(options)) {
      String url = home.resolved("{{mediadrop.ledger.url}}");
      long uploads = new LedgerBackup(url, home.data()).copyTo(file);
      PrintWriter out = spec.commandLine().getOut();
      out.printf(
          "The ledger of %s is copied to %s: %d uploads, %d KiB. To put it back, stop mediadrop and call"
              + " 'mediadrop restore' with it.%n",
          home.home(), file.toAbsolutePath(), uploads, (Files.size(file) + 1023) >> 10);
      out.flush();
      return 0;
    }
  }
}

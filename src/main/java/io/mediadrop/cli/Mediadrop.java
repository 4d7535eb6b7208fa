package io.mediadrop.cli;

import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command line. */
@Command(
    name = "mediadrop",
    mixinStandardHelpOptions = true,
    description = "Uploads the media files of watched folders to the OFAuth API.",
    subcommands = {DemoCommand.class, RunCommand.class, SandboxCommand.class})
public final class Mediadrop implements Runnable {

  @Spec private CommandSpec spec;

  /** Runs a command and ends with its exit code. */
  public static void main(String[] arguments) {
    System.exit(execute(arguments));
  }

  /**
   * Runs a command: 0 if it went well, 1 if it failed, 2 if it was called or configured wrongly.
   */
  public static int execute(String... arguments) {
    return new CommandLine(new Mediadrop())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExecutionExceptionHandler(Mediadrop::explain)
        .execute(arguments);
  }

  private static int explain(
      Exception failure, CommandLine command, CommandLine.ParseResult arguments) throws Exception {
    String mistake = Program.mistakeIn(failure);
    if (mistake == null) {
      throw failure;
    }
    PrintWriter err = command.getErr();
    err.println("mediadrop: " + mistake);
    err.flush();
    return ExitCode.USAGE;
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Say which command to run");
  }
}

package io.mediadrop.cli;

import java.io.PrintWriter;
import java.util.Map;
import java.util.ServiceLoader;
import picocli.AutoComplete;
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
    versionProvider = Version.class,
    description = "Uploads the media files of watched folders to the OFAuth API.")
public final class Mediadrop implements Runnable {

  /** As {@code EX_TEMPFAIL} in {@code sysexits.h}. */
  private static final int TRY_AGAIN = 75;

  private static final String LOGGING = "logback.configurationFile";

  @Spec private CommandSpec spec;

  /** Runs a command and ends with its exit code. */
  public static void main(String[] arguments) {
    // in the jar's root it would be that of every program that has the jar
    if (System.getProperty(LOGGING) == null) {
      System.setProperty(LOGGING, "io/mediadrop/logback.xml");
    }
    System.exit(commandLine(System.getenv()).execute(arguments));
  }

  /**
   * The commands: they end with 0 if all went well, 1 if something failed, 2 if they were called or
   * configured wrongly, and 75 if the machine did not let them start and they should be started
   * again, both of which is told in one line.
   */
  static CommandLine commandLine(Map<String, String> environment) {
    CommandLine commands = new CommandLine(new Mediadrop());
    ServiceLoader.load(Subcommand.class).forEach(commands::addSubcommand);
    return commands
        .addSubcommand(new RunCommand(environment))
        .addSubcommand(new LanesCommand(environment))
        .addSubcommand(new FindCommand(environment))
        .addSubcommand(new ListCommand(environment))
        .addSubcommand(new RetryCommand(environment))
        .addSubcommand(new NewLaneCommand(environment))
        .addSubcommand(new BackupCommand(environment))
        .addSubcommand(new RestoreCommand(environment))
        .addSubcommand("completion", new AutoComplete.GenerateCompletion())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler((wrong, arguments) -> refuse(wrong))
        .setExecutionExceptionHandler((failure, command, arguments) -> explain(failure, command));
  }

  private static int refuse(ParameterException wrong) {
    CommandLine command = wrong.getCommandLine();
    return say(
        command,
        "%s; '%s --help' tells what there is"
            .formatted(wrong.getMessage(), command.getCommandSpec().qualifiedName()),
        ExitCode.USAGE);
  }

  private static int explain(Exception failure, CommandLine command) throws Exception {
    String passing = StartFailure.explainPassing(failure);
    if (passing != null) {
      return say(command, passing, TRY_AGAIN);
    }
    String line = StartFailure.explain(failure);
    if (line == null) {
      throw failure;
    }
    return say(command, line, ExitCode.USAGE);
  }

  private static int say(CommandLine command, String line, int exitCode) {
    PrintWriter err = command.getErr();
    err.println("mediadrop: " + line);
    err.flush();
    return exitCode;
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Say which command to run");
  }
}

package io.mediadrop.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import picocli.CommandLine;

/** What a command that was called in this process said, and its exit code. */
public record Called(int exitCode, String out, List<String> err) {

  /** Calls a command with nothing but these variables in its environment. */
  public static Called with(Map<String, String> environment, Stream<String> arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine command = Mediadrop.commandLine(environment);
    command.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    int exitCode = command.execute(arguments.toArray(String[]::new));
    return new Called(exitCode, out.toString(), err.toString().lines().toList());
  }
}

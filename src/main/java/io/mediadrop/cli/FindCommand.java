package io.mediadrop.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mediadrop.base.Printable;
import io.mediadrop.ledger.History;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jdbi.v3.core.Handle;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Tells what became of a file. */
@Command(
    name = "find",
    mixinStandardHelpOptions = true,
    description = "Tells what became of a file: when, where, as which media, and who was told.",
    footer = {"", "Examples:", "  mediadrop find IMG_0001", "  mediadrop find --json alice/beach"})
public final class FindCommand implements Callable<Integer> {

  @Mixin private final RunOptions options;
  @Spec private CommandSpec spec;

  @Option(names = "--json", description = "Prints what was found as JSON.")
  private boolean asJson;

  @Parameters(
      paramLabel = "NAME",
      description = "A part of the file's name or path, or the id of its media or upload.")
  private String name;

  FindCommand(Map<String, String> environment) {
    options = new RunOptions(environment);
  }

  /** 0 if something was found, 1 if not. */
  @Override
  public Integer call() throws JsonProcessingException {
    try (HomeAccess home = new HomeAccess(options)) {
      List<FoundFile> found = home.ask(this::find).orElse(List.of());
      PrintWriter out = spec.commandLine().getOut();
      if (asJson) {
        out.println(new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(found));
      } else {
        found.forEach(file -> print(file, out));
        if (found.isEmpty()) {
          out.printf("nothing is known of %s%n", Printable.of(name));
        }
      }
      out.flush();
      return found.isEmpty() ? 1 : 0;
    }
  }

  private List<FoundFile> find(Handle handle) {
    return History.find(handle, name).stream()
        .map(entry -> FoundFile.of(entry, History.untold(handle, entry.id())))
        .toList();
  }

  private static void print(FoundFile file, PrintWriter out) {
    out.printf(
        "%s %s: %s, %s%n", file.lane(), Printable.of(file.file()), file.state(), file.time());
    line(out, "media", file.mediaId());
    line(out, "upload", file.mediaUploadId());
    line(out, "same as", file.duplicateOf());
    line(out, "reason", file.reason());
    line(out, file.state().equals("failed") ? "in failed" : "archived", file.place());
    boolean ended = List.of("uploaded", "duplicate", "failed").contains(file.state());
    if (ended) {
      line(
          out,
          "told",
          file.stillToBeTold().isEmpty()
              ? "to all who are to know"
              : "not yet: " + String.join(", ", file.stillToBeTold()));
    }
  }

  private static void line(PrintWriter out, String what, String value) {
    if (value != null) {
      out.printf("  %-9s %s%n", what, Printable.of(value));
    }
  }
}

package io.mediadrop.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mediadrop.archive.Retry;
import io.mediadrop.base.ConfigurationMistake;
import io.mediadrop.base.Printable;
import io.mediadrop.ledger.FailedFiles;
import io.mediadrop.ledger.FailedFiles.Failed;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Puts refused files back into their lanes' folders. */
@Command(
    name = "retry",
    mixinStandardHelpOptions = true,
    description =
        "Puts refused files back into their folders, also beside a 'run', which uploads them again.",
    footer = {
      "",
      "Examples:",
      "  mediadrop retry media/failed/alice/IMG_0001.jpg",
      "  mediadrop retry --lane alice --all"
    })
public final class RetryCommand implements Callable<Integer> {

  @Mixin private final RunOptions options;
  @Spec private CommandSpec spec;

  @Option(names = "--lane", paramLabel = "LANE", description = "Only files of this lane.")
  private String lane;

  @Option(names = "--all", description = "All refused files, not only those that are named.")
  private boolean all;

  @Option(names = "--json", description = "Prints what became of each file as JSON.")
  private boolean asJson;

  @Parameters(paramLabel = "FILE", description = "Refused files, as they lie in failed/.")
  private List<Path> files = new ArrayList<>();

  RetryCommand(Map<String, String> environment) {
    options = new RunOptions(environment);
  }

  /** 0 if all of them are back in their folders, 1 if one is not. */
  @Override
  public Integer call() throws IOException {
    if (all == !files.isEmpty()) {
      throw new ConfigurationMistake("say which files to retry, or --all");
    }
    try (HomeAccess access = new HomeAccess(options)) {
      Retry retry = new Retry(access.home().resolve("failed"), access.data());
      List<Failed> there =
          access.ask(FailedFiles::all).orElse(List.of()).stream()
              .filter(file -> lane == null || file.lane().equals(lane))
              .filter(retry::isThere)
              .toList();
      Path home = access.home();
      return retry(
          all ? there : files.stream().map(file -> named(file, there, retry, home)).toList(),
          retry);
    }
  }

  private static Failed named(Path file, List<Failed> there, Retry retry, Path home) {
    List<Path> meant =
        Stream.of(file.toAbsolutePath(), home.resolve("failed").resolve(file))
            .map(Path::normalize)
            .toList();
    return there.stream()
        .filter(failed -> meant.contains(retry.placeOf(failed)))
        .findFirst()
        .orElseThrow(
            () ->
                new ConfigurationMistake(
                    "%s is no refused file of this home: name one as it lies in %s"
                        .formatted(Printable.of(file), home.resolve("failed"))));
  }

  private int retry(List<Failed> wanted, Retry retry) throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    ArrayNode results = new ObjectMapper().createArrayNode();
    int left = 0;
    for (Failed file : wanted) {
      ObjectNode result = results.addObject().put("lane", file.lane()).put("file", file.path());
      try {
        result.put("folder", retry.back(file).getParent().toString());
      } catch (IOException e) {
        left++;
        result.put("error", e.getMessage());
      }
      if (!asJson) {
        String error = result.path("error").asText(null);
        String said =
            error == null ? "goes back to " + result.get("folder").asText() : "stays: " + error;
        out.printf("%s %s %s%n", file.lane(), Printable.of(file.path()), Printable.of(said));
      }
    }
    out.println(
        asJson
            ? results.toPrettyString()
            : "%d put back, %d left".formatted(wanted.size() - left, left));
    out.flush();
    return left == 0 ? 0 : 1;
  }
}

package io.mediadrop.cli;

import io.mediadrop.base.ConfigurationMistake;
import io.mediadrop.base.Printable;
import io.mediadrop.lane.Lane;
import io.mediadrop.lanefile.SketchedLanes;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes a lane for a further connection, and the connection's id to the secrets. */
@Command(
    name = "new-lane",
    mixinStandardHelpOptions = true,
    description = "Writes a lane for a connection whose id it asks for or reads from its input.",
    footer = {
      "",
      "Examples:",
      "  mediadrop new-lane alice",
      "  mediadrop new-lane bob --folder /srv/bob < bobs-connection-id"
    })
public final class NewLaneCommand implements Callable<Integer> {

  private static final String LANE =
      """
      - templatedRoute:
          routeId: %1$s
          routeTemplateRef: folder-lane
          parameters:
            - name: directory
              value: "%2$s"
            - name: connectionId
              value: "{{%3$s}}"
      """;

  @Mixin private final RunOptions options;
  @Spec private CommandSpec spec;

  @Option(
      names = "--folder",
      paramLabel = "DIR",
      description = "The folder to watch (default: creators/NAME in the home, which is created).")
  private Path folder;

  @Parameters(paramLabel = "NAME", description = "What the lane is to be called.")
  private String name;

  NewLaneCommand(Map<String, String> environment) {
    options = new RunOptions(environment);
  }

  @Override
  public Integer call() throws IOException {
    Settings settings = options.settings();
    String own = settings.get("mediadrop.lanes.folder");
    Path lanes = own.isEmpty() ? options.configuration().resolve("lanes") : Path.of(own);
    Files.createDirectories(lanes);
    requireNew(lanes);
    String directory = directory();
    PrintWriter out = spec.commandLine().getOut();
    String key = name + ".connection-id";
    if (settings.own(key) == null) {
      Path secrets = new SecretsFile(options.configuration()).add(key, connection());
      out.printf("%s is in %s%n", key, secrets);
    }
    Path file = lanes.resolve(name + ".camel.yaml");
    Files.writeString(file, LANE.formatted(name, directory, key), StandardOpenOption.CREATE_NEW);
    out.printf("lane %s is in %s, and watches %s%n", name, file, Printable.of(directory));
    out.flush();
    return 0;
  }

  private void requireNew(Path lanes) throws IOException {
    if (!Lane.NAME.matcher(name).matches()) {
      throw new ConfigurationMistake(
          "a lane cannot be called %s: take lower-case letters, digits, '.', '_' and '-'"
              .formatted(Printable.of(name)));
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(lanes, "*.camel.yaml")) {
      for (Path file : files) {
        if (SketchedLanes.namesIn(file).contains(name) || SketchedLanes.nameOf(file).equals(name)) {
          throw new ConfigurationMistake(
              "there is a lane %s already, in %s: choose another name".formatted(name, file));
        }
      }
    }
  }

  private String directory() {
    if (folder == null) {
      return "{{mediadrop.home}}/creators/" + name;
    }
    if (!Files.isDirectory(folder)) {
      throw new ConfigurationMistake(
          "the folder %s is not there: mediadrop creates folders in its home only, so create it"
              .formatted(Printable.of(folder)));
    }
    return RunOptions.readable(folder).toString().replace("\\", "\\\\").replace("\"", "\\\"");
  }

  private String connection() throws IOException {
    return TypedSecret.read("Connection id of %s (not shown): ".formatted(name))
        .orElseThrow(
            () ->
                new ConfigurationMistake(
                    "the connection id of %s is missing: type it when asked, or give it on the standard input; the API's Link page shows it"
                        .formatted(name)));
  }
}

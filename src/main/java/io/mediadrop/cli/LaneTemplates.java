package io.mediadrop.cli;

import io.mediadrop.ConfigurationMistake;
import io.mediadrop.lane.LaneFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** The route templates that lanes are made from, each in the file that is named after it. */
final class LaneTemplates {

  private static final String NAME = "[a-z0-9-]+-lane";

  private final Installation installation;

  LaneTemplates(Installation installation) {
    this.installation = installation;
  }

  /**
   * Does nothing if all files in the folder hold lanes of these templates.
   *
   * @throws io.mediadrop.ConfigurationMistake if one does not
   */
  void check(Path lanes) throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(lanes, "*.camel.yaml")) {
      for (Path file : files) {
        new LaneFile(file, this::parametersOf).check();
      }
    }
  }

  private Map<String, Boolean> parametersOf(String template) {
    Map<String, Boolean> names = new LinkedHashMap<>();
    if (template.matches(NAME)
        && content(template) instanceof List<?> items
        && items.get(0) instanceof Map<?, ?> first
        && first.get("routeTemplate") instanceof Map<?, ?> definition
        && definition.get("parameters") instanceof List<?> parameters) {
      for (Object parameter : parameters) {
        Map<?, ?> declared = (Map<?, ?>) parameter;
        names.put(
            String.valueOf(declared.get("name")), Boolean.TRUE.equals(declared.get("required")));
      }
    }
    return names;
  }

  private Object content(String template) {
    try (InputStream in = installation.route(template + ".camel.yaml")) {
      return in == null ? null : new Load(LoadSettings.builder().build()).loadFromInputStream(in);
    } catch (YamlEngineException e) {
      throw new ConfigurationMistake(
          "routes/%s.camel.yaml: it is no YAML: %s"
              .formatted(template, e.getMessage().replaceAll("\\s+", " ")),
          e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

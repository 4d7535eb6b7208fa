package io.mediadrop.cli;

import io.mediadrop.base.ConfigurationMistake;
import io.mediadrop.lanefile.LaneTemplate;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.PluginHelper;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** The route templates of the bundle that lanes are made from, read without starting any. */
final class LaneTemplates {

  private LaneTemplates() {}

  /** All of them, by name. */
  static Map<String, LaneTemplate> of(CamelContext context) throws Exception {
    Map<String, LaneTemplate> templates = new TreeMap<>();
    for (Resource file :
        PluginHelper.getPackageScanResourceResolver(context)
            .findResources(Installation.current().routes())) {
      if (content(file) instanceof List<?> items) {
        items.forEach(item -> add(item, templates));
      }
    }
    return templates;
  }

  private static Object content(Resource file) {
    try (InputStream in = file.getInputStream()) {
      return new Load(LoadSettings.builder().build()).loadFromInputStream(in);
    } catch (YamlEngineException | IOException e) {
      throw new ConfigurationMistake(
          "%s: it is no YAML: %s"
              .formatted(file.getLocation(), e.getMessage().replaceAll("\\s+", " ")),
          e);
    }
  }

  private static void add(Object item, Map<String, LaneTemplate> templates) {
    if (item instanceof Map<?, ?> entry
        && entry.get("routeTemplate") instanceof Map<?, ?> template
        && LaneTemplate.isLane(String.valueOf(template.get("id")))) {
      String name = String.valueOf(template.get("id"));
      templates.put(name, new LaneTemplate(name, parameters(template)));
    }
  }

  private static Map<String, Boolean> parameters(Map<?, ?> template) {
    Map<String, Boolean> parameters = new LinkedHashMap<>();
    if (template.get("parameters") instanceof List<?> declared) {
      for (Object each : declared) {
        Map<?, ?> parameter = (Map<?, ?>) each;
        parameters.put(
            String.valueOf(parameter.get("name")), Boolean.TRUE.equals(parameter.get("required")));
      }
    }
    return parameters;
  }
}

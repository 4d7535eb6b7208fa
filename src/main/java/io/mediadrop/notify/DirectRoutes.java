package io.mediadrop.notify;

import io.mediadrop.base.ConfigurationMistake;
import io.mediadrop.base.SettingKey;
import org.apache.camel.CamelContext;
import org.apache.camel.model.Model;

/** Whether the routes of a user's own that the settings name are there. */
final class DirectRoutes {

  private DirectRoutes() {}

  /**
   * Camel itself would notice only when something is sent, and wait half a minute for the route.
   *
   * @throws ConfigurationMistake if the setting names a route, and none begins there
   */
  static void require(CamelContext context, String key, String uri) {
    if (!uri.startsWith("direct:")) {
      return;
    }
    boolean there =
        context
            .getCamelContextExtension()
            .getContextPlugin(Model.class)
            .getRouteDefinitions()
            .stream()
            .map(route -> route.getInput().getEndpointUri())
            .filter(from -> from.startsWith("direct:"))
            .anyMatch(from -> from.contains("{{") || nameOf(from).equals(nameOf(uri)));
    if (!there) {
      throw new ConfigurationMistake(
          "%s (%s) is direct:%s, but no route begins there: put a file *.camel.yaml with that route into the configuration folder, or correct the name"
              .formatted(key, SettingKey.variableOf(key), nameOf(uri)));
    }
  }

  private static String nameOf(String uri) {
    return uri.replaceFirst("^direct:(//)?", "").replaceFirst("\\?.*", "");
  }
}

package io.mediadrop.lanefile;

import io.mediadrop.base.ConfigurationMistake;
import io.mediadrop.base.PassingTrouble;
import io.mediadrop.base.SettingKey;
import java.io.Closeable;
import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.model.Model;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.RouteTemplateDefinition;
import org.apache.camel.model.RouteTemplateParameterDefinition;
import org.apache.camel.support.service.ServiceHelper;

/** Makes a route of a lane's description, and takes it away again, while others run on. */
class LaneRoutes {

  private final CamelContext context;

  /** Works on the routes of this context. */
  LaneRoutes(CamelContext context) {
    this.context = context;
  }

  /** The templates that the context has for lanes, by name. */
  Map<String, LaneTemplate> templates() {
    Map<String, LaneTemplate> templates = new LinkedHashMap<>();
    for (RouteTemplateDefinition template : model().getRouteTemplateDefinitions()) {
      if (LaneTemplate.isLane(template.getId())) {
        Map<String, Boolean> parameters = new LinkedHashMap<>();
        for (RouteTemplateParameterDefinition each : template.getTemplateParameters()) {
          parameters.put(each.getName(), each.isRequired() && each.getDefaultValue() == null);
        }
        templates.put(template.getId(), new LaneTemplate(template.getId(), parameters));
      }
    }
    return templates;
  }

  private Model model() {
    return (ModelCamelContext) context;
  }

  /**
   * The lane's parameters as they are at the moment.
   *
   * @throws ConfigurationMistake if one refers to a setting that is missing, or cannot be used
   */
  Map<String, String> resolved(LaneDefinition lane) {
    Map<String, String> values = lane.resolved(value -> resolved(lane, value));
    try {
      ParameterKinds.check(values);
    } catch (ConfigurationMistake e) {
      throw mistake(lane, e);
    }
    return values;
  }

  private String resolved(LaneDefinition lane, String value) {
    try {
      return context.resolvePropertyPlaceholders(value);
    } catch (RuntimeException e) {
      throw mistake(lane, e);
    }
  }

  /**
   * Starts the lane.
   *
   * @throws ConfigurationMistake if it cannot run; nothing is left of it then. It is caused by a
   *     {@link PassingTrouble} if it may run later as it is
   */
  void add(LaneDefinition lane) {
    if (context.getRoute(lane.name()) != null) {
      throw new ConfigurationMistake(
          "%s: there is another route '%s': give the lane another routeId"
              .formatted(lane.place(), lane));
    }
    try {
      model().addRouteFromTemplate(lane.name(), lane.template(), new HashMap<>(lane.parameters()));
    } catch (Exception e) {
      removeRemains(lane);
      throw mistake(lane, e);
    }
  }

  /** Camel keeps the description of a route that could not be started, and its beans. */
  private void removeRemains(LaneDefinition lane) {
    RouteDefinition remains = model().getRouteDefinition(lane.name());
    if (remains == null) {
      return;
    }
    try {
      model().removeRouteDefinition(remains);
      if (remains.getRouteTemplateContext().getLocalBeanRepository() instanceof Closeable beans) {
        beans.close();
      }
    } catch (Exception e) {
      throw mistake(lane, e);
    }
  }

  /** Lists the lane's folder no more; what its workers have is worked on. */
  void suspend(LaneDefinition lane) {
    ServiceHelper.suspendService(context.getRoute(lane.name()).getConsumer());
  }

  /** How many files go through the lane's route. */
  int filesUnderWay(LaneDefinition lane) {
    return context.getInflightRepository().size(lane.name());
  }

  /** Ends the lane's route, whose workers must have nothing to do. */
  void remove(LaneDefinition lane) {
    try {
      Route route = context.getRoute(lane.name());
      if (route != null) {
        context.getRouteController().stopRoute(lane.name());
        context.removeRoute(lane.name());
      }
    } catch (Exception e) {
      throw new IllegalStateException("the route of lane " + lane + " cannot be removed", e);
    }
  }

  private static ConfigurationMistake mistake(LaneDefinition lane, Exception failure) {
    Throwable root = failure;
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      String missing = SettingKey.missing(cause);
      if (missing != null) {
        return mistake(lane, missing, failure);
      }
      if (cause instanceof ConfigurationMistake || cause instanceof PassingTrouble) {
        return mistake(lane, cause.getMessage(), failure);
      }
      root = cause;
    }
    String reason =
        root instanceof IOException ? root.toString() : String.valueOf(root.getMessage());
    return mistake(lane, reason.lines().findFirst().orElse(root.toString()), failure);
  }

  private static ConfigurationMistake mistake(LaneDefinition lane, String why, Exception cause) {
    String named = why.startsWith("lane ") ? why : "lane " + lane + ": " + why;
    return new ConfigurationMistake(lane.place() + ": " + named, cause);
  }
}

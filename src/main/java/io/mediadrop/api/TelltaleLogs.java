package io.mediadrop.api;

import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says so where the log would show secrets, because the program's host has told it to. */
final class TelltaleLogs {

  private static final Logger LOG = LoggerFactory.getLogger("mediadrop.api");

  /** They print what goes over the wire, and the values of settings, at DEBUG. */
  private static final List<String> AT_DEBUG =
      List.of(
          "org.apache.hc.client5.http.headers",
          "org.apache.hc.client5.http.wire",
          "org.apache.camel.component.properties.DefaultPropertiesParser",
          "org.apache.camel.impl.engine.DefaultCamelContextExtension");

  /** They print what beans are set to, called with and answer, at TRACE. */
  private static final List<String> AT_TRACE =
      List.of(
          "org.apache.camel.component.bean.BeanInfo",
          "org.apache.camel.component.bean.MethodInfo",
          "org.apache.camel.impl.engine.DefaultBeanIntrospection",
          "org.apache.camel.impl.engine.IntrospectionSupport");

  private TelltaleLogs() {}

  /** Warns of every logger that prints secrets and is on. */
  static void warn() {
    Stream.concat(
            AT_DEBUG.stream().filter(name -> LoggerFactory.getLogger(name).isDebugEnabled()),
            AT_TRACE.stream().filter(name -> LoggerFactory.getLogger(name).isTraceEnabled()))
        .forEach(
            name ->
                LOG.warn(
                    "The logger {} is on and prints the API key: set its level to INFO", name));
  }
}

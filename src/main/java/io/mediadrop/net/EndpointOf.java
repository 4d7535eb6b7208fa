package io.mediadrop.net;

import org.apache.camel.CamelContext;
import org.apache.camel.CamelContextAware;
import org.apache.camel.spi.PropertiesFunction;

/**
 * The endpoint that a setting names, for routes that write <code>{{endpoint-of:key}}</code>: the
 * setting's own value, or the route {@code post-to-archive} for an address of the web, which Camel
 * would not call as it was written. Found by Camel through {@code META-INF/services}.
 */
public class EndpointOf implements PropertiesFunction, CamelContextAware {

  private static final String POSTING = "direct:post-to-archive";

  private CamelContext camelContext;

  @Override
  public String getName() {
    return "endpoint-of";
  }

  @Override
  public String apply(String key) {
    String uri = camelContext.resolvePropertyPlaceholders("{{" + key + "}}");
    return WebAddress.isOne(uri) ? POSTING : uri;
  }

  @Override
  public CamelContext getCamelContext() {
    return camelContext;
  }

  @Override
  public void setCamelContext(CamelContext camelContext) {
    this.camelContext = camelContext;
  }
}

package io.mediadrop.console;

import org.apache.camel.CamelContext;
import org.apache.camel.CamelContextAware;
import org.apache.camel.spi.PropertiesFunction;

/**
 * Whether there is a console, for routes that write <code>{{console:open}}</code> as their
 * precondition: they are there only if it is. Found by Camel through {@code META-INF/services}.
 */
public class ConsoleState implements PropertiesFunction, CamelContextAware {

  private CamelContext camelContext;

  @Override
  public String getName() {
    return "console";
  }

  @Override
  public String apply(String state) {
    Console console = camelContext.getRegistry().lookupByNameAndType(getName(), Console.class);
    return String.valueOf(console != null && console.isOpen() && state.equals("open"));
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

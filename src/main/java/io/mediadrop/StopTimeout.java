package io.mediadrop;

import org.apache.camel.CamelContext;
import org.apache.camel.CamelContextAware;
import org.apache.camel.spi.ShutdownStrategy;

/** How long a stop waits for uploads under way, whatever the runtime; Camel's own would be 45 s. */
public class StopTimeout implements CamelContextAware {

  private CamelContext camelContext;
  private String time;

  /** Has the context wait so long, and no list of all that was under way in the log. */
  public void open() {
    ShutdownStrategy strategy = camelContext.getShutdownStrategy();
    strategy.setTimeout(Math.max(1, Quantity.time(time).toSeconds()));
    strategy.setLogInflightExchangesOnTimeout(false);
    strategy.setSuppressLoggingOnTimeout(true);
  }

  public void setTime(String time) {
    this.time = time;
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

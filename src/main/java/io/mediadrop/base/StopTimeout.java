package io.mediadrop.base;

import org.apache.camel.CamelContext;
import org.apache.camel.CamelContextAware;
import org.apache.camel.StartupListener;
import org.apache.camel.spi.ShutdownStrategy;

/** How long a stop waits for uploads under way, whatever the runtime; Camel's own would be 45 s. */
public class StopTimeout implements StartupListener, CamelContextAware {

  private CamelContext camelContext;
  private String time;

  /** Asks to be told of the start: until then a runtime may set a timeout of its own. */
  public void open() throws Exception {
    camelContext.addStartupListener(this);
  }

  /** Has the context wait so long, and no list of all that was under way in the log. */
  @Override
  public void onCamelContextStarted(CamelContext context, boolean alreadyStarted) {
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

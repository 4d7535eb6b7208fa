package io.mediadrop.remote;

import org.apache.camel.Exchange;
import org.apache.camel.spi.ExceptionHandler;

/** Does not repeat with every listing what {@link ServerAccess} has said once. */
public class SaidAlready implements ExceptionHandler {

  @Override
  public void handleException(Throwable exception) {
    // said already
  }

  @Override
  public void handleException(String message, Throwable exception) {
    // said already
  }

  @Override
  public void handleException(String message, Exchange exchange, Throwable exception) {
    // said already
  }
}

package io.mediadrop.base;

/**
 * Something in the configuration that a person has to put right before mediadrop can run. The
 * message is one line that names the setting or the path and says what to write.
 */
public class ConfigurationMistake extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** A mistake told in one line. */
  public ConfigurationMistake(String message) {
    super(message);
  }

  /** A mistake told in one line, with what made it known. */
  public ConfigurationMistake(String message, Throwable cause) {
    super(message, cause);
  }
}

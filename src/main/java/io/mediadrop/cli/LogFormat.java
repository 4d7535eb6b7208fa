package io.mediadrop.cli;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.util.ContextInitializer;
import ch.qos.logback.core.joran.spi.JoranException;
import org.slf4j.LoggerFactory;

/** How log lines are written, by the setting that comes to be known after the log has begun. */
final class LogFormat {

  private static final String SETTING = "mediadrop.log.format";

  private static final String TEXT = "text";

  private LogFormat() {}

  /** Has all further lines written as the settings say; what is configured stays configured. */
  static void apply(Settings settings) throws JoranException {
    String format = settings.get(SETTING);
    SettingKinds.check(SETTING, format, TEXT);
    if (!format.equals(TEXT)) {
      LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
      context.reset();
      context.putProperty("format", format);
      new ContextInitializer(context).autoConfig();
    }
  }
}

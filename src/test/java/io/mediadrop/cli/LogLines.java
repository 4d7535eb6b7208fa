package io.mediadrop.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.LoggerFactory;

/** Everything that is logged while this is open. */
public final class LogLines implements AutoCloseable {

  private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);

  private final List<ILoggingEvent> events = new CopyOnWriteArrayList<>();

  private final AppenderBase<ILoggingEvent> appender =
      new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
          events.add(event);
        }
      };

  /** Listens from now on. */
  public LogLines() {
    appender.start();
    root.addAppender(appender);
  }

  /** All messages so far. */
  public List<String> all() {
    return from(Level.TRACE);
  }

  /** The warnings and errors so far. */
  public List<String> warnings() {
    return from(Level.WARN);
  }

  /** The errors so far. */
  public List<String> errors() {
    return from(Level.ERROR);
  }

  /** The warnings and errors so far that contain a text. */
  public List<String> warningsWith(String text) {
    return warnings().stream().filter(line -> line.contains(text)).toList();
  }

  /** The messages so far that contain a text. */
  public List<String> with(String text) {
    return all().stream().filter(line -> line.contains(text)).toList();
  }

  /** Forgets all that was logged so far. */
  public void forget() {
    events.clear();
  }

  /** Waits for a message that contains a text. */
  public void await(String text) {
    Running.patiently().until(() -> !with(text).isEmpty());
  }

  private List<String> from(Level least) {
    return events.stream()
        .filter(event -> event.getLevel().isGreaterOrEqual(least))
        .map(ILoggingEvent::getFormattedMessage)
        .toList();
  }

  @Override
  public void close() {
    root.detachAppender(appender);
  }
}

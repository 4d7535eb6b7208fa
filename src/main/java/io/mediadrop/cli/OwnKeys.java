package io.mediadrop.cli;

import io.mediadrop.base.ConfigurationMistake;
import io.mediadrop.base.Literal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Properties;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.apache.camel.spi.LoadablePropertiesSource;

/**
 * The keys of a user's own, such as a further lane's connection. They are read anew when a file of
 * settings has changed, so that a lane can be added without a new start.
 */
final class OwnKeys implements LoadablePropertiesSource {

  private final Supplier<Settings> source;
  private final Path config;
  private Settings settings;
  private List<FileTime> read;

  /** Takes the keys from these settings, which are read anew when files in the folder change. */
  OwnKeys(Supplier<Settings> source, Path config) {
    this.source = source;
    this.config = config;
  }

  /** Whether a key is a user's own, and may change while mediadrop runs. */
  static boolean isOwn(String key) {
    return !key.startsWith("mediadrop.") && !key.startsWith("camel.");
  }

  @Override
  public String getName() {
    return "own-keys";
  }

  @Override
  public synchronized String getProperty(String key) {
    if (!isOwn(key)) {
      return null;
    }
    return value(current(), key);
  }

  private static String value(Settings settings, String key) {
    String value = settings.own(key);
    return value != null && SettingsReference.isCredential(key) ? Literal.wrap(value) : value;
  }

  private Settings current() {
    List<FileTime> now = List.of(timeOf("application.properties"), timeOf("secrets.properties"));
    if (!now.equals(read)) {
      settings = source.get();
      read = now;
    }
    return settings;
  }

  /** Who wants all keys does not ask for one that was changed, and cannot put a mistake right. */
  private Settings known() {
    try {
      return current();
    } catch (ConfigurationMistake e) {
      if (settings == null) {
        throw e;
      }
      return settings;
    }
  }

  @Override
  public Properties loadProperties() {
    return loadProperties(key -> true);
  }

  @Override
  public synchronized Properties loadProperties(Predicate<String> wanted) {
    Properties own = new Properties();
    Settings known = known();
    known.keys().stream()
        .filter(key -> isOwn(key) && wanted.test(key))
        .forEach(key -> own.setProperty(key, value(known, key)));
    return own;
  }

  @Override
  public void reloadProperties(String location) {
    // files are read anew by themselves
  }

  private FileTime timeOf(String file) {
    try {
      return Files.getLastModifiedTime(config.resolve(file));
    } catch (IOException notThere) {
      return FileTime.fromMillis(0);
    }
  }
}

package io.mediadrop.cli;

import io.mediadrop.base.ConfigurationMistake;
import io.mediadrop.base.Literal;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.util.IOHelper;

/**
 * Resolves the settings from everywhere they can stand into one source: {@code --set} beats the
 * environment, which beats the files. Camel by itself would let the environment win over all.
 */
public final class Settings {

  private static final String PREFIX = "mediadrop.";
  private static final String SECRETS = "secrets.properties";

  /** A secret only where it holds a password. */
  private static final String PROXY = "mediadrop.http.proxy";

  private static final String VARIABLE_PREFIX = "MEDIADROP_";

  /** One without a default. */
  private static final Pattern NAMED_VARIABLE = Pattern.compile("\\{\\{env:([^:{}]+)}}");

  /** Editors of Windows begin a file with it; it would become part of the first key. */
  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private final SettingsReference reference = new SettingsReference();
  private final Map<String, String> values = new TreeMap<>();
  private Map<String, String> variables = Map.of();

  /**
   * Reads {@code application.properties} and {@code secrets.properties} in the folder, as far as
   * they are there.
   *
   * @throws ConfigurationMistake if a file cannot be read or has a key that there is not
   */
  Settings files(Path folder) {
    file(folder.resolve("application.properties"));
    Path secrets = folder.resolve(SECRETS);
    if (Files.exists(secrets)) {
      requirePrivate(secrets);
      file(secrets);
    }
    return this;
  }

  private void file(Path file) {
    if (!Files.exists(file)) {
      return;
    }
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      reader.mark(1);
      if (reader.read() != BYTE_ORDER_MARK) {
        reader.reset();
      }
      properties.load(reader);
    } catch (CharacterCodingException e) {
      throw new ConfigurationMistake(file + " cannot be read: save it in UTF-8", e);
    } catch (IllegalArgumentException e) {
      throw new ConfigurationMistake(
          file
              + " cannot be read: \\u must be followed by four hex digits; write \\\\ for a backslash",
          e);
    } catch (IOException e) {
      throw new ConfigurationMistake(file + " cannot be read: " + e, e);
    }
    properties.stringPropertyNames().forEach(key -> set(key, properties.getProperty(key), file));
  }

  private static void requirePrivate(Path secrets) {
    try {
      if (Files.getFileStore(secrets).supportsFileAttributeView("posix")
          && Files.getPosixFilePermissions(secrets).stream()
              .anyMatch(
                  Set.of(PosixFilePermission.GROUP_READ, PosixFilePermission.OTHERS_READ)
                      ::contains)) {
        throw new ConfigurationMistake(
            secrets + " can be read by others: run chmod 600 " + secrets);
      }
    } catch (IOException e) {
      throw new ConfigurationMistake(secrets + " cannot be looked at: " + e, e);
    }
  }

  /** Takes the environment's variables, {@code MEDIADROP_API_KEY} for {@code mediadrop.api.key}. */
  Settings environment(Map<String, String> environment) {
    variables = environment;
    environment.forEach(
        (name, value) -> {
          if (name.startsWith(VARIABLE_PREFIX)) {
            String key = reference.keyOf(name);
            if (key == null) {
              throw unknown(
                  name,
                  "the environment",
                  SettingsReference.variableOf(
                      reference.nearest(name.toLowerCase(Locale.ROOT).replace('_', '.'))));
            }
            values.put(key, value);
          }
        });
    // a user's own key, such as a further lane's connection
    values.replaceAll(
        (key, value) -> environment.getOrDefault(SettingsReference.variableOf(key), value));
    return this;
  }

  /** Refuses settings among Java's own, where they would stand below all others. */
  Settings javaOptions(Properties options) {
    for (String key : options.stringPropertyNames()) {
      if (key.startsWith(PREFIX)) {
        throw new ConfigurationMistake(
            "-D%s (in JAVA_OPTS) is not read: write --set %s=… or set %s"
                .formatted(key, key, SettingsReference.variableOf(key)));
      }
    }
    return this;
  }

  /** Takes what was given on the command line, which must be no secret. */
  Settings commandLine(Map<String, String> given) {
    given.forEach(
        (key, value) -> {
          if (SettingsReference.isSecret(key)) {
            throw new ConfigurationMistake(
                "--set "
                    + key
                    + ": everyone on this machine could read it in the process list;"
                    + " set "
                    + SettingsReference.variableOf(key)
                    + " or write it into secrets.properties in the configuration folder");
          }
          set(key, value, "--set");
        });
    return this;
  }

  private void set(String key, String value, Object place) {
    if (key.equals(PROXY) && value.contains("@") && !String.valueOf(place).endsWith(SECRETS)) {
      throw new ConfigurationMistake(
          "%s (in %s) holds a user and password: set %s or write it into %s in the configuration folder"
              .formatted(key, place, SettingsReference.variableOf(key), SECRETS));
    }
    if (key.startsWith(PREFIX) && !reference.isKnown(key)) {
      throw unknown(key, place, reference.nearest(key));
    }
    values.put(key, value.trim());
  }

  private static ConfigurationMistake unknown(String name, Object place, String nearest) {
    return new ConfigurationMistake(
        "%s (in %s) is no setting of mediadrop; did you mean %s?".formatted(name, place, nearest));
  }

  /** Sets a value that mediadrop itself knows best. */
  public Settings with(String key, String value) {
    values.put(key, value);
    return this;
  }

  /** The value of a key; its default if nothing sets it. */
  String get(String key) {
    return values.getOrDefault(key, reference.defaultOf(key));
  }

  /** All keys that are set. */
  Set<String> keys() {
    return values.keySet();
  }

  /** The value of a key of the user's own, or null. */
  String own(String key) {
    return values.getOrDefault(key, variables.get(SettingsReference.variableOf(key)));
  }

  /**
   * Everything that is set.
   *
   * @throws ConfigurationMistake if a value is not of the kind of its default, or names a variable
   *     that is not set
   */
  Properties resolved() {
    values.forEach(this::requireVariables);
    reference.keys().forEach(key -> SettingKinds.check(key, get(key), reference.defaultOf(key)));
    Properties properties = new Properties();
    values.forEach(
        (key, value) ->
            properties.put(key, SettingsReference.isCredential(key) ? Literal.wrap(value) : value));
    return properties;
  }

  private void requireVariables(String key, String value) {
    if (!key.startsWith(PREFIX) || SettingsReference.isCredential(key)) {
      return;
    }
    Matcher named = NAMED_VARIABLE.matcher(value);
    while (named.find()) {
      String name = named.group(1);
      if (!variables.containsKey(name) && IOHelper.lookupEnvironmentVariable(name) == null) {
        throw new ConfigurationMistake(
            "%s (%s) names an environment variable that is not there: %s is not set; set it, or write {{env:%s:}} if it may be missing"
                .formatted(key, SettingsReference.variableOf(key), name, name));
      }
    }
  }
}

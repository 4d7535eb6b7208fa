package io.mediadrop.notify;

import io.mediadrop.base.Literal;
import io.mediadrop.base.SecretForms;
import io.mediadrop.base.SettingKey;
import io.mediadrop.net.WebAddress;
import java.net.URISyntaxException;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.util.URISupport;

/**
 * Takes the secrets of endpoints out of what they say when they refuse something, because that is
 * logged and kept: those in any endpoint's address, and all settings that are secret by their name.
 */
class EndpointSecrets {

  /** A text as short as this may stand anywhere by chance. */
  private static final int SHORTEST = 4;

  /** A password between an account's name and its host. */
  private static final Pattern ACCOUNT = Pattern.compile("^[^:]+:/*[^/@:?]*:([^/@?]+)@");

  /** What stands in a query, in as many characters as a token has. */
  private static final Pattern VALUE = Pattern.compile("[?&=]([^?&=]{8,})");

  private final CamelContext camelContext;
  private final Subscribers subscribers;
  private final String archive;

  /** Those of the subscribers, of the archive endpoint's address, and of all settings. */
  EndpointSecrets(CamelContext camelContext, Subscribers subscribers, String archive) {
    this.camelContext = camelContext;
    this.subscribers = subscribers;
    this.archive = archive;
  }

  /** The text without the secrets. */
  String hiddenIn(String text) {
    String hidden = text;
    for (String secret : longestFirst()) {
      hidden = SecretForms.of(secret).matcher(hidden).replaceAll("(secret)");
    }
    return hidden;
  }

  /** One may be the beginning of another. */
  private List<String> longestFirst() {
    return all().stream().sorted(Comparator.comparingInt(String::length).reversed()).toList();
  }

  private Set<String> all() {
    Set<String> all = new TreeSet<>();
    camelContext.getEndpoints().stream().map(Endpoint::getEndpointUri).forEach(uri -> of(uri, all));
    Stream.concat(subscribers.all().stream().map(Subscriber::uri), Stream.of(archive))
        .filter(WebAddress::isOne)
        .forEach(uri -> ofWeb(uri, all));
    Properties settings =
        camelContext.getPropertiesComponent().loadProperties(SettingKey::isSecret);
    settings.stringPropertyNames().forEach(key -> all.add(resolved(settings.getProperty(key))));
    all.removeIf(secret -> secret.length() < SHORTEST);
    return all;
  }

  /** Of an address of the web nobody knows which of its values are secret. */
  private static void ofWeb(String uri, Set<String> all) {
    Matcher account = ACCOUNT.matcher(uri);
    if (account.find()) {
      all.add(account.group(1));
    }
    Matcher value = VALUE.matcher(uri);
    while (value.find()) {
      all.add(value.group(1));
    }
  }

  private static void of(String uri, Set<String> all) {
    Map<String, Object> parameters;
    try {
      parameters = URISupport.parseQuery(URISupport.extractQuery(uri), false, true);
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("an endpoint's address cannot be read", e);
    }
    URISupport.resolveRawParameterValues(parameters);
    Matcher account = ACCOUNT.matcher(uri);
    if (account.find()) {
      all.add(account.group(1));
    }
    parameters.forEach(
        (name, value) -> {
          if (SettingKey.isSecret(kebab(name))) {
            all.add(String.valueOf(value));
          }
        });
  }

  /** {@code .secret-key} for {@code secretKey}, as settings are spelt. */
  private static String kebab(String name) {
    return "." + name.replaceAll("(?<=[a-z0-9])(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
  }

  private String resolved(String value) {
    try {
      return Literal.unwrap(camelContext.resolvePropertyPlaceholders(value));
    } catch (IllegalArgumentException e) {
      // names a setting that is not there, or only looks wrapped: so it is what it is
      return value;
    }
  }
}

package io.mediadrop.notify;

import io.mediadrop.base.ConfigurationMistake;
import io.mediadrop.base.Literal;
import io.mediadrop.file.ArchiveAddress;
import io.mediadrop.file.Home;
import io.mediadrop.ledger.Events;
import io.mediadrop.net.WebSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelContextAware;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Who is told of events, as the settings have it. */
public class Subscribers implements CamelContextAware, Events.Endpoints {

  private static final Logger LOG = LoggerFactory.getLogger("mediadrop.outbox");

  private static final Pattern KEY =
      Pattern.compile("mediadrop\\.notify\\.([a-z0-9]+(?:-[a-z0-9]+)*)\\.(?:uri|secret)");

  private static final Map<String, String> DEFAULT_KEYS =
      Map.of("uri", "mediadrop.notify.uri", "secret", "mediadrop.notify.secret");

  private final List<Subscriber> all = new ArrayList<>();
  private final List<String> endpoints = new ArrayList<>();
  private CamelContext camelContext;
  private String names = "";
  private Home home;
  private String archive;
  private boolean archiveServed;
  private boolean fetchingAssets;

  /**
   * Reads the settings.
   *
   * @throws ConfigurationMistake if a secret or an address cannot be used, or belongs to nobody
   */
  public void open() throws Exception {
    for (String name : found()) {
      List<WebhookSecret> secrets = secrets(name);
      String uri = setting(keyOf(name, "uri"));
      require(!uri.isBlank(), keyOf(name, "uri"), missing(name, secrets));
      WebSettings.require(keyOf(name, "uri"), uri);
      Subscriber subscriber = new Subscriber(name, uri, secrets);
      if (!subscriber.isHttp() && !subscriber.secrets().isEmpty()) {
        LOG.warn(
            "{} is set, but {} is no http address: nothing is signed",
            keyOf(name, "secret"),
            keyOf(name, "uri"));
      }
      all.add(subscriber);
      endpoints.add(subscriber.endpoint());
    }
    // what filing writes with the originals has no rows
    archiveServed = !new ArchiveAddress(home, archive).isFilings();
    new SubscriberRoutes(this).addTo(camelContext);
  }

  private TreeSet<String> found() {
    TreeSet<String> found = new TreeSet<>();
    found.add(Subscriber.DEFAULT);
    Stream.of(names.split("[\\s,]+")).filter(name -> !name.isEmpty()).forEach(found::add);
    camelContext
        .getPropertiesComponent()
        .loadProperties(key -> KEY.matcher(key).matches())
        .stringPropertyNames()
        .forEach(
            key -> {
              Matcher matcher = KEY.matcher(key);
              if (matcher.matches()) {
                found.add(matcher.group(1));
              }
            });
    return found;
  }

  private static String missing(String name, List<WebhookSecret> secrets) {
    String remedy = "is not set: say where subscriber " + name + " is";
    String secret = keyOf(name, "secret");
    return secrets.isEmpty()
        ? remedy
        : "%s, or take its secret out too: %s (%s) is still set"
            .formatted(remedy, secret, variableOf(secret));
  }

  private String setting(String key) {
    return camelContext.resolvePropertyPlaceholders("{{" + key + ":}}");
  }

  private List<WebhookSecret> secrets(String name) {
    String key = keyOf(name, "secret");
    try {
      return WebhookSecret.parse(Literal.unwrap(setting(key)));
    } catch (IllegalArgumentException e) {
      require(
          false,
          key,
          "cannot be used: %s; write whsec_ and 24 to 64 random bytes in base64"
              .formatted(e.getMessage()));
      throw e;
    }
  }

  private static void require(boolean right, String key, String remedy) {
    if (!right) {
      throw new ConfigurationMistake("%s (%s) %s".formatted(key, variableOf(key), remedy));
    }
  }

  /** The setting of a subscriber: the default one's bears no name. */
  static String keyOf(String name, String thing) {
    return name.equals(Subscriber.DEFAULT)
        ? DEFAULT_KEYS.get(thing)
        : "mediadrop.notify." + name + "." + thing;
  }

  static String variableOf(String key) {
    return key.toUpperCase(Locale.ROOT).replaceAll("[.-]", "_");
  }

  /** All subscribers, ordered by name. */
  public List<Subscriber> all() {
    return all;
  }

  @Override
  public List<String> subscribers() {
    return endpoints;
  }

  @Override
  public boolean isFetchingAssets() {
    return fetchingAssets;
  }

  @Override
  public boolean isArchiveServed() {
    return archiveServed;
  }

  /** The subscriber at an endpoint; null where something is archived. */
  Subscriber at(String endpoint) {
    return all.stream()
        .filter(subscriber -> subscriber.endpoint().equals(endpoint))
        .findFirst()
        .orElse(null);
  }

  /** Subscribers to look for besides those that the runtime lists, separated by commas. */
  public void setNames(String names) {
    this.names = names;
  }

  public void setHome(Home home) {
    this.home = home;
  }

  /** The address of the archive endpoint. */
  public void setArchive(String archive) {
    this.archive = archive;
  }

  /** How the items of an answer go to the archive endpoint. */
  public void setAssets(String assets) {
    fetchingAssets = assets.equals("download");
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

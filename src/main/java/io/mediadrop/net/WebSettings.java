package io.mediadrop.net;

import io.mediadrop.base.ConfigurationMistake;
import io.mediadrop.base.SettingKey;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Settings that may hold an address of the web. */
public final class WebSettings {

  private static final Logger LOG = LoggerFactory.getLogger("mediadrop.outbox");

  /** What Camel's http endpoint would not send to anybody, and what people hid tokens in. */
  private static final Pattern FOR_CAMEL =
      Pattern.compile(
          "(?:(?<=[?&])(?:authMethod|authUsername|authPassword|httpMethod|throwExceptionOnFailure"
              + "|bridgeEndpoint|connectTimeout|responseTimeout|soTimeout|proxyHost|proxyPort)(?==)"
              + "|RAW(?=[({]))");

  private WebSettings() {}

  /**
   * Does nothing if the setting's value is no address of the web, or one that can be called; says
   * so once where it looks as if it was written for Camel.
   *
   * @throws ConfigurationMistake if it is one that cannot be called
   */
  public static void require(String key, String uri) {
    if (!WebAddress.isOne(uri)) {
      return;
    }
    try {
      WebAddress.of(uri);
    } catch (IllegalArgumentException e) {
      throw new ConfigurationMistake(
          "%s (%s) %s".formatted(key, SettingKey.variableOf(key), e.getMessage()));
    }
    FOR_CAMEL
        .matcher(uri)
        .results()
        .findFirst()
        .ifPresent(
            found ->
                LOG.warn(
                    "{} holds {}, which means nothing to mediadrop: an http address is called as it"
                        + " is written, that included. A user goes before the host:"
                        + " https://user:password@example.com/hook",
                    key,
                    found.group()));
  }
}

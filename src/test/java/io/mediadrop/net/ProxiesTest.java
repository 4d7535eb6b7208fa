package io.mediadrop.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mediadrop.base.ConfigurationMistake;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which proxy a connection goes through. */
class ProxiesTest {

  private final Map<String, String> environment = new HashMap<>();
  private final Properties java = new Properties();
  private String setting = "";

  private String proxy(String url) {
    Proxies proxies = new Proxies(setting, environment, java);
    return proxies.describe(WebAddress.of(url)).orElse("none");
  }

  @Test
  void isNoneWhereNobodyHasSetOne() {
    assertThat(proxy("https://example.com")).isEqualTo("none");
  }

  @ParameterizedTest
  @CsvSource({
    "https_proxy, http://p:3128, http://p:3128 (https_proxy)",
    "HTTPS_PROXY, http://p:3128/, http://p:3128 (HTTPS_PROXY)",
    "https_proxy, p:3128, http://p:3128 (https_proxy)",
    "https_proxy, p.corp, http://p.corp:80 (https_proxy)",
    "https_proxy, http://me:s3cr%40et@p:3128, http://p:3128 (https_proxy)",
    "all_proxy, socks5://p:1081, socks5://p:1081 (all_proxy)",
    "ALL_PROXY, socks5h://[fd00::1], socks5://[fd00::1]:1080 (ALL_PROXY)",
    "http_proxy, http://p:3128, none"
  })
  void isTheOneInTheEnvironment(String variable, String value, String expected) {
    environment.put(variable, value);

    assertThat(proxy("https://example.com")).isEqualTo(expected);
  }

  @Test
  void isAnotherOneForPlainHttp() {
    environment.putAll(Map.of("http_proxy", "http://plain:1", "https_proxy", "http://secure:2"));

    assertThat(proxy("http://example.com/x")).isEqualTo("http://plain:1 (http_proxy)");
    assertThat(proxy("https://example.com/x")).isEqualTo("http://secure:2 (https_proxy)");
  }

  @Test
  void isTheSettingBeforeJavasBeforeTheEnvironments() {
    environment.put("https_proxy", "http://e:1");
    assertThat(proxy("https://example.com")).startsWith("http://e:1");
    java.putAll(Map.of("https.proxyHost", "j", "https.proxyPort", "2"));
    assertThat(proxy("https://example.com")).isEqualTo("http://j:2 (-Dhttps.proxyHost)");
    setting = "http://s:3";
    assertThat(proxy("https://example.com")).startsWith("http://s:3 (mediadrop.http.proxy");
    setting = "none";
    assertThat(proxy("https://example.com")).isEqualTo("none");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://localhost:1",
        "http://api.localhost",
        "http://127.0.0.1:8080/x",
        "http://127.9.8.7",
        "http://[::1]:1",
        "https://LOCALHOST"
      })
  void isNeverAskedForThisMachine(String url) {
    setting = "http://p:3128";

    assertThat(proxy(url)).isEqualTo("none");
  }

  @ParameterizedTest
  @CsvSource({
    "example.com, https://example.com, true",
    "example.com, https://a.b.EXAMPLE.com, true",
    "example.com, https://notexample.com, false",
    ".example.com, https://a.example.com, true",
    ".example.com, https://example.com, true",
    "*.example.com, https://a.example.com, true",
    "'a.test, b.test c.test', https://c.test, true",
    "*, https://anything.test, true",
    "example.com:8443, https://example.com:8443, true",
    "example.com:8443, https://example.com, false",
    "example.com:443, https://example.com, true",
    "10.0.0.0/8, https://10.255.1.2, true",
    "10.0.0.0/8, https://11.0.0.1, false",
    "192.168.1.7, https://192.168.1.7, true",
    "168.1.7, https://192.168.1.7, false",
    "192.168.0.0/23, https://192.168.1.7, true",
    "10.0.0.0/99, https://10.0.0.1, false",
    "10.0.0.0/8, https://10.example.com, false",
    "fd00::/8, https://[fd12::1], true",
    "fd00::/8, https://[fe80::1], false",
    "[fd00::1], https://[fd00::1], true",
    "[fd00::1]:8443, https://[fd00::1], false"
  })
  void isNotAskedForWhatNoProxyNames(String noProxy, String url, boolean direct) {
    setting = "http://p:3128";
    environment.put(noProxy.length() % 2 == 0 ? "no_proxy" : "NO_PROXY", noProxy);

    assertThat(proxy(url).equals("none")).isEqualTo(direct);
  }

  @ParameterizedTest
  @CsvSource({
    "*.example.com|10.*, https://a.example.com, true",
    "*.example.com|10.*, https://10.1.2.3, true",
    "*.example.com|10.*, https://example.org, false",
    "exa.ple, https://exatple, false"
  })
  void isNotAskedForWhatJavaIsToReachWithout(String hosts, String url, boolean direct) {
    java.putAll(Map.of("https.proxyHost", "j", "http.nonProxyHosts", hosts));

    assertThat(proxy(url).equals("none")).isEqualTo(direct);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://p:3128",
        "ftp://p",
        "http://p:port",
        "http://p:0",
        "http://p:65536",
        "http://",
        "http://p:3128/path",
        "http://me:s3%cret@p",
        "p q"
      })
  void isAMistakeThatShowsNoPassword(String value) {
    setting = value;

    assertThatThrownBy(() -> proxy("https://example.com"))
        .isInstanceOf(ConfigurationMistake.class)
        .hasMessageContainingAll("mediadrop.http.proxy", "MEDIADROP_HTTP_PROXY", "http://host:port")
        .hasMessageNotContaining("cret");
  }

  @Test
  void isAMistakeInTheEnvironmentToo() {
    environment.put("https_proxy", "http://me:s3cret@p:x");

    assertThatThrownBy(() -> proxy("https://example.com"))
        .isInstanceOf(ConfigurationMistake.class)
        .hasMessageStartingWith("https_proxy is no proxy")
        .hasMessageNotContaining("s3cret");
  }
}

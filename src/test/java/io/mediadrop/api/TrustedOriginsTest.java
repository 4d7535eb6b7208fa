package io.mediadrop.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mediadrop.base.ConfigurationMistake;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrustedOriginsTest {

  private static final String BASE = "https://api-next.ofauth.com/";

  private final TrustedOrigins origins =
      new TrustedOrigins(BASE, "https://api.ofauth.com, https://api-next.ofauth.com");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://api-next.ofauth.com/v2/access/uploads/upload%3A1",
        "https://API.ofauth.com:443/v2/access/uploads/upload:1/parts/2?sig=a",
        "https://api.ofauth.com/v2/access/uploads/complete"
      })
  void takeTheUploadCallsOfTheConfiguredHosts(String url) throws Exception {
    assertThat(origins.check(url)).isEqualTo(url);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://api.ofauth.com/v2/access/uploads/1",
        "https://api.ofauth.com:8443/v2/access/uploads/1",
        "https://api.ofauth.com@evil.example/v2/access/uploads/1",
        "https://user@api.ofauth.com/v2/access/uploads/1",
        "https://api.ofauth.com.evil.example/v2/access/uploads/1",
        "//api.ofauth.com/v2/access/uploads/1",
        "/v2/access/uploads/1",
        "file:/v2/access/uploads/1",
        "mailto:a@api.ofauth.com",
        "https://api.ofauth.com\\@evil.example/v2/access/uploads/1",
        "https://api.ofauth.com",
        "https://api.ofauth.com/v2/access/uploads",
        "https://api.ofauth.com/v2/access/posts/1",
        "https://api.ofauth.com/v2/access/uploads/../posts/1",
        "https://api.ofauth.com/v2/access/uploads/..",
        "https://api.ofauth.com/v2/access/uploads/%2e%2E/posts/1",
        "https://api.ofauth.com/v2/access/uploads/x%2F..%2f..%2Fposts",
        "https://api.ofauth.com/v2/access/uploads/..%5cposts",
        "https://api.ofauth.com/v2/access/uploads//posts",
        ""
      })
  void refuseEverythingElse(String url) {
    assertThatThrownBy(() -> origins.check(url)).isInstanceOf(PlanRefused.class);
  }

  @ParameterizedTest
  @CsvSource({
    "http://api-next.ofauth.com, http://api-next.ofauth.com:80",
    "https://api-next.ofauth.com:8443, https://api-next.ofauth.com:8443",
    "http://api-next.ofauth.com:443, http://api-next.ofauth.com:443",
    "https://evil.example, https://evil.example:443"
  })
  void nameSchemeHostAndPortOfWhatTheyRefuse(String origin, String named) {
    assertThatThrownBy(() -> origins.check(origin + "/v2/access/uploads/1?sig=secret"))
        .hasMessageContaining("it points to " + named + ", whose scheme, host and port")
        .hasMessageContaining("the base URL's (https://api-next.ofauth.com:443)")
        .hasMessageContaining("mediadrop.api.trusted-origins")
        .hasMessageNotContaining("secret");
  }

  @Test
  void takeNoPlainHttpBeyondThisMachine() {
    assertThatThrownBy(() -> new TrustedOrigins(BASE, "http://api.ofauth.com"))
        .isInstanceOf(ConfigurationMistake.class)
        .hasMessageContaining("mediadrop.api.trusted-origins");
  }
}

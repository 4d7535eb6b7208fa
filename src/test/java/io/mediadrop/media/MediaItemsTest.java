package io.mediadrop.media;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.mediadrop.api.AnswerJson;
import org.junit.jupiter.api.Test;

class MediaItemsTest {

  private static JsonNode media(int options) throws Exception {
    String list = "{},".repeat(options).replaceFirst(",$", "");
    return AnswerJson.mapper()
        .readTree("{\"files\":{\"preview\":{\"options\":[" + list + "]}},\"id\":1}");
  }

  @Test
  void areCountedBeforeTheyAreMade() throws Exception {
    assertThat(MediaItems.countIn(media(3))).isLessThan(MediaItems.MOST);
    assertThat(MediaItems.countIn(media(600))).isGreaterThan(MediaItems.MOST);
    assertThat(MediaItems.countIn(AnswerJson.mapper().readTree("null"))).isPositive();
  }
}

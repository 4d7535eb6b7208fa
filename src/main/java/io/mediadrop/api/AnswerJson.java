package io.mediadrop.api;

import com.fasterxml.jackson.core.ErrorReportConfiguration;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;

/** Makes the JSON mapper for what comes from the API: lenient, lossless and bounded. */
public final class AnswerJson {

  private static final int DEEPEST = 100;

  private AnswerJson() {}

  /** Keeps unknown fields and exact numbers, and reads no deeper or longer than is sensible. */
  public static ObjectMapper mapper() {
    StreamReadConstraints bounds =
        StreamReadConstraints.builder()
            .maxNestingDepth(DEEPEST)
            .maxStringLength(CallGuard.LARGEST_ANSWER)
            .build();
    // what cannot be read may hold a secret, and errors go to the log
    ErrorReportConfiguration discreet =
        ErrorReportConfiguration.builder().maxErrorTokenLength(0).maxRawContentLength(0).build();
    return JsonMapper.builder(
            JsonFactory.builder()
                .streamReadConstraints(bounds)
                .errorReportConfiguration(discreet)
                .build())
        .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
        .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
        .build();
  }
}

package io.mediadrop.drop;

import com.fasterxml.jackson.core.ErrorReportConfiguration;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;

/** The JSON of sidecars: strict, lossless and bounded; and the ledger's column for it. */
public final class SidecarJson {

  /** Less deep than answers and events may be, since they contain it. */
  private static final int DEEPEST = 32;

  private static final ObjectMapper STRICT = strict();

  private SidecarJson() {}

  private static ObjectMapper strict() {
    StreamReadConstraints bounds = StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build();
    // what cannot be read may hold a secret, and what is wrong with it is told
    ErrorReportConfiguration discreet =
        ErrorReportConfiguration.builder().maxErrorTokenLength(0).maxRawContentLength(0).build();
    return JsonMapper.builder(
            JsonFactory.builder()
                .streamReadConstraints(bounds)
                .errorReportConfiguration(discreet)
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .build())
        .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
        .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
        .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
        .build();
  }

  /** Reads what people have written. */
  public static ObjectMapper mapper() {
    return STRICT;
  }

  /** A sidecar as the ledger keeps it; null for none. */
  public static String toColumn(Sidecar sidecar) {
    try {
      return sidecar == null ? null : STRICT.writeValueAsString(sidecar);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a sidecar could not be written", e);
    }
  }

  /** The sidecar in a column of the ledger; null for none. */
  public static Sidecar ofColumn(String column) {
    try {
      return column == null ? null : STRICT.readValue(column, Sidecar.class);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the ledger holds a sidecar that cannot be read", e);
    }
  }
}

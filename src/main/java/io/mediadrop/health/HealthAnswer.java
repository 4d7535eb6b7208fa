package io.mediadrop.health;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheck.Result;
import org.apache.camel.health.HealthCheck.State;

/**
 * What is answered.
 *
 * @param status UP, or DOWN where any check is
 * @param checks by name
 */
record HealthAnswer(String status, List<One> checks) {

  private static final int OK = 200;
  private static final int UNAVAILABLE = 503;

  /**
   * One check.
   *
   * @param name ledger, disk, intake, lanes, api, outbox or process
   * @param status UP or DOWN
   * @param says what is wrong and what to do, or that all is well
   * @param details further things to know, by name
   */
  record One(String name, String status, String says, Map<String, Object> details) {

    private static One of(Result result) {
      HealthCheck check = result.getCheck();
      Map<String, Object> own =
          result.getDetails().entrySet().stream()
              .filter(detail -> !detail.getKey().matches("(check|invocation|failure|success)\\..*"))
              .collect(
                  Collectors.toMap(
                      Map.Entry::getKey, Map.Entry::getValue, (one, other) -> one, TreeMap::new));
      return new One(
          check.getId().substring(Check.GROUP.length() + 1),
          state(result.getState() == State.DOWN),
          result.getMessage().orElseGet(() -> String.valueOf(result.getError().orElse(null))),
          own);
    }
  }

  static HealthAnswer of(Stream<Result> results) {
    List<One> checks = results.map(One::of).sorted(Comparator.comparing(One::name)).toList();
    return new HealthAnswer(
        state(checks.stream().anyMatch(check -> check.status().equals("DOWN"))), checks);
  }

  private static String state(boolean down) {
    return down ? "DOWN" : "UP";
  }

  /** Makes it the answer to a call by HTTP. */
  void writeTo(Message message, ObjectMapper json) {
    message.setHeader("Cache-Control", "no-store");
    message.setHeader(Exchange.CONTENT_TYPE, "application/json");
    message.setHeader(Exchange.HTTP_RESPONSE_CODE, status.equals("UP") ? OK : UNAVAILABLE);
    try {
      message.setBody(json.writeValueAsBytes(this));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the answer could not be written", e);
    }
  }
}

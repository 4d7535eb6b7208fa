package io.mediadrop.api;

import io.mediadrop.api.pace.RateLimits;
import io.mediadrop.api.pace.Reservation;
import io.mediadrop.drop.NotNow;
import java.util.Map;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.Headers;
import org.apache.camel.Variable;

/** The API, which is called no faster than it allows. */
public class UploadApi {

  private RateLimits rateLimits;

  /**
   * Returns the call once it may be made.
   *
   * @throws NotNow if that would hold the worker for too long
   */
  public ApiCall admit(@Body ApiCall call, @Variable("reservation") Reservation reservation)
      throws InterruptedException, NotNow {
    return call.with(rateLimits.take(call.lane(), call.drop(), call.place(), reservation));
  }

  /** The call has come to an end; there are no headers of an answer where there was none. */
  public void ended(@Variable("call") ApiCall call, @Headers Map<String, Object> headers) {
    Integer status = (Integer) headers.get(Exchange.HTTP_RESPONSE_CODE);
    rateLimits.ended(call.admitted(), status, headers);
  }

  public void setRateLimits(RateLimits rateLimits) {
    this.rateLimits = rateLimits;
  }
}

package io.mediadrop.api;

import io.mediadrop.api.pace.RateLimits;
import io.mediadrop.api.pace.Reservation;
import io.mediadrop.base.ConfigurationMistake;
import io.mediadrop.base.Quantity;
import io.mediadrop.drop.NotNow;
import java.util.Map;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.Headers;
import org.apache.camel.Message;
import org.apache.camel.Variable;

/** The API as the settings name it: where it is, and how fast it may be called. */
public class UploadApi {

  private final ApiHealth health = new ApiHealth();
  private final CallCounts calls = new CallCounts();
  private final Checksums checksums = new Checksums();
  private String baseUrl;
  private String trustedOrigins = "";
  private ApiUrls urls;
  private TrustedOrigins origins;
  private RateLimits rateLimits;
  private Bandwidth bandwidth = new Bandwidth(0);

  /**
   * Reads the addresses.
   *
   * @throws ConfigurationMistake if one is none that the key may be sent to
   */
  public void open() {
    origins = new TrustedOrigins(baseUrl, trustedOrigins);
    urls = new ApiUrls(baseUrl);
  }

  /**
   * Returns the call once it may be made.
   *
   * @throws NotNow if that would hold the worker for too long
   */
  public ApiCall admit(@Body ApiCall call, @Variable("reservation") Reservation reservation)
      throws InterruptedException, NotNow {
    return call.with(rateLimits.take(call.lane(), call.drop(), call.place(), reservation));
  }

  /** Makes of a message what goes on the wire for a call: the key and the connection are in it. */
  public void address(@Body ApiCall call, Message message) {
    message.setHeader("apiKey", call.apiKey());
    message.setHeader("x-connection-id", call.connectionId());
    message.setHeader(Exchange.CONTENT_TYPE, call.contentType());
    // as the enum: Camel would search all its converters for one of a text
    message.setHeader(Exchange.HTTP_METHOD, call.method());
    message.setHeader(Exchange.HTTP_URI, call.url());
    message.setBody(call.content());
  }

  /** The call has come to an end; there are no headers of an answer where there was none. */
  public void ended(@Variable("call") ApiCall call, @Headers Map<String, Object> headers) {
    Integer status = (Integer) headers.get(Exchange.HTTP_RESPONSE_CODE);
    calls.add(call.route(), status);
    rateLimits.ended(call.admitted(), status, headers);
  }

  /** Where its calls go. */
  public ApiUrls urls() {
    return urls;
  }

  /** Where else an upload may go. */
  public TrustedOrigins origins() {
    return origins;
  }

  /** What its answers to a new upload mean. */
  public PlanReader plans() {
    return new PlanReader(urls, origins);
  }

  /** By which it knows a file. */
  public Checksums checksums() {
    return checksums;
  }

  /** How fast files go there. */
  Bandwidth bandwidth() {
    return bandwidth;
  }

  /** How often it was called. */
  public CallCounts calls() {
    return calls;
  }

  /** Whether it answers. */
  public ApiHealth health() {
    return health;
  }

  /** The address that all calls go to. */
  public void setBaseUrl(String baseUrl) {
    this.baseUrl = baseUrl;
  }

  /** Further addresses, separated by commas, that an upload plan may name. */
  public void setTrustedOrigins(String trustedOrigins) {
    this.trustedOrigins = trustedOrigins;
  }

  /** How many bytes per second all uploads together send; {@code 0MiB} for as many as they can. */
  public void setBandwidth(String size) {
    bandwidth = new Bandwidth(Quantity.bytes(size));
  }

  public void setRateLimits(RateLimits rateLimits) {
    this.rateLimits = rateLimits;
  }
}

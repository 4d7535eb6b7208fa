package io.mediadrop.notify;

import io.mediadrop.net.WebAddress;
import io.mediadrop.net.WebPosts;
import java.io.IOException;
import java.util.Map;
import org.apache.camel.Body;
import org.apache.camel.Header;
import org.apache.camel.Headers;
import org.apache.camel.Variable;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;

/** Tells subscribers on the web of events. */
public class Webhooks {

  private final WebhookSignatures signatures = new WebhookSignatures();
  private WebPosts posts;

  /** The time of this attempt, in seconds since the epoch. */
  public String time() {
    return signatures.time();
  }

  /** The signatures of a message with each of the subscriber's secrets, separated by spaces. */
  public String signatures(
      @Variable("delivery") Delivery delivery,
      @Header("webhook-id") String id,
      @Header("webhook-timestamp") String time,
      @Body byte[] body) {
    return signatures.of(delivery.subscriber(), id, time, body);
  }

  /**
   * Sends an event with these headers and no others.
   *
   * @throws HttpOperationFailedException if the subscriber refuses it
   * @throws IOException if there was no answer in time
   */
  public void tell(
      @Variable("delivery") Delivery delivery,
      @Headers Map<String, Object> headers,
      @Body byte[] event)
      throws IOException, HttpOperationFailedException {
    posts.post(WebAddress.of(delivery.uri()), headers, new ByteArrayEntity(event, null));
  }

  public void setPosts(WebPosts posts) {
    this.posts = posts;
  }
}

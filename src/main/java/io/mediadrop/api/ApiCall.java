package io.mediadrop.api;

import io.mediadrop.api.pace.RateLimits;
import io.mediadrop.drop.Drop;
import io.mediadrop.drop.Sent;
import io.mediadrop.lane.Lane;
import io.mediadrop.lane.Place;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.component.http.HttpMethods;

/**
 * One call to the API, ready to be made.
 *
 * @param route which kind of call it is, in one word
 * @param lane whose key and connection it is made with
 * @param drop what it is made for; null where it is about no file
 * @param place of its file among those that are uploaded at once; null if it has none
 * @param method of HTTP
 * @param url absolute
 * @param contentType of what is sent
 * @param content what is sent; null where nothing is
 * @param repeats how often it was made again after a failure
 * @param admitted that it may be made, as its rate limit has said; null before that
 */
public record ApiCall(
    String route,
    Lane lane,
    Drop drop,
    Place place,
    HttpMethods method,
    String url,
    String contentType,
    Object content,
    AtomicInteger repeats,
    RateLimits.Admitted admitted)
    implements Sent {

  static final String JSON = "application/json";

  /** A call that was not made yet. */
  ApiCall(
      String route,
      Lane lane,
      Drop drop,
      Place place,
      HttpMethods method,
      String url,
      String contentType,
      Object content) {
    this(route, lane, drop, place, method, url, contentType, content, new AtomicInteger(), null);
  }

  /** The same call, which may be made now. */
  ApiCall with(RateLimits.Admitted admission) {
    return new ApiCall(
        route, lane, drop, place, method, url, contentType, content, repeats, admission);
  }

  /** The key that it is made with. */
  public String apiKey() {
    return lane.getApiKey();
  }

  /** The connection that it is made for. */
  public String connectionId() {
    return lane.getConnectionId();
  }

  /** What of the file it sends; null where it sends nothing of it. */
  public FileRange range() {
    return content instanceof FileRange range ? range : null;
  }

  /** The md5 of the bytes of the file that it has sent; null if it is not known. */
  public String md5() {
    return range() == null ? null : range().md5();
  }

  @Override
  public String checksum() {
    return content instanceof CallAboutFile about ? about.checksum() : md5();
  }

  /** Method and path: neither key nor content, nor what may let anybody call the address. */
  @Override
  public String toString() {
    return method + " " + url.replaceFirst("[?#].*", "");
  }
}

package io.mediadrop.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mediadrop.drop.Drop;
import io.mediadrop.drop.Part;
import io.mediadrop.lane.DroppedFile;
import io.mediadrop.lane.Lane;
import io.mediadrop.lane.Place;
import io.mediadrop.lane.Places;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.camel.Body;
import org.apache.camel.Variable;
import org.apache.camel.component.http.HttpMethods;

/** Prepares each kind of call to the API: where it goes, what it says, and for whom. */
public class ApiCalls {

  /** Of the longest plan: 20,000 parts with signed addresses, or 100,000 with plain ones. */
  private static final int LONGEST_PLAN = 32 << 20;

  /** Harmless: asks for a media that nobody has. */
  private static final String NOBODYS =
      "{\"etag\":\"00000000000000000000000000000000\",\"size\":1}";

  private boolean hashing = true;
  private ApiUrls urls;
  private Checksums checksums;
  private Bandwidth bandwidth;
  private Places places;
  private ObjectMapper json;

  /**
   * Asks for an upload session; says nothing that is not known. The answer lists all parts of the
   * file.
   */
  public ApiCall session(@Body Drop drop, @Variable("file") DroppedFile file) {
    Map<String, Object> request = new LinkedHashMap<>();
    request.put("filename", drop.name());
    request.put("size", drop.size());
    request.put("contentType", drop.contentType());
    return post(
        "init",
        file.lane(),
        drop,
        urls.init(),
        new CallAboutFile(bytes(request), 0, LONGEST_PLAN, null));
  }

  /** Whether one call is to send the whole file. */
  public boolean isForWhole(@Body Drop drop) {
    return drop.isWhole();
  }

  /** Sends the whole file, which need not be hashed again if that was done just now. */
  public ApiCall whole(@Body Drop drop, @Variable("file") DroppedFile file) {
    String md5 = checksums.known(drop.source(), file.stamp());
    return put("whole", drop, file, drop.plan().only(), md5, places.mine(), drop);
  }

  /** Sends one part of the file. */
  public ApiCall part(
      @Body Part part, @Variable("parts") PartsToSend parts, @Variable("file") DroppedFile file) {
    return put("part", parts.drop(), file, part, null, parts.place(), parts);
  }

  private ApiCall put(
      String route,
      Drop drop,
      DroppedFile file,
      Part part,
      String md5,
      Place place,
      Object upload) {
    String type = drop.contentType();
    FileRange content =
        new FileRange(
            new ClaimedFile(file), part, type, hashing, md5, place, bandwidth.share(upload));
    return new ApiCall(route, file.lane(), drop, place, HttpMethods.PUT, part.url(), type, content);
  }

  /**
   * Says that all parts are there: the API may put them together before it answers.
   *
   * @param parts that were sent; null where the whole file was the only one
   * @param last the call that has sent it then
   */
  public ApiCall complete(
      @Body Drop drop,
      @Variable("parts") PartsToSend parts,
      @Variable("call") ApiCall last,
      @Variable("file") DroppedFile file) {
    String sent = drop.plan().whole() ? last.checksum() : parts.checksum();
    byte[] request = bytes(Map.of("mediaUploadId", drop.plan().mediaUploadId()));
    return post(
        "complete",
        file.lane(),
        drop,
        drop.plan().completeUrl(),
        new CallAboutFile(request, drop.size(), CallGuard.LARGEST_ANSWER, sent));
  }

  /** Asks whether the connection has a media with this checksum and size. */
  public ApiCall check(Lane lane, Drop drop, String checksum, long size) {
    Map<String, Object> request = new LinkedHashMap<>();
    request.put("etag", checksum);
    request.put("size", size);
    return post("check", lane, drop, urls.check(), bytes(request));
  }

  /** Asks whether the API takes calls of a lane. */
  public ApiCall probe(@Body Lane lane) {
    return post("check", lane, null, urls.check(), NOBODYS);
  }

  /** Asks for a page of the connection's media, the most recent first. */
  public ApiCall recentMedia(Lane lane, Drop drop, int limit, int offset) {
    String url = urls.recentMedia(limit, offset);
    return new ApiCall("media", lane, drop, null, HttpMethods.GET, url, ApiCall.JSON, null);
  }

  private ApiCall post(String route, Lane lane, Drop drop, String url, Object content) {
    return new ApiCall(
        route, lane, drop, places.mine(), HttpMethods.POST, url, ApiCall.JSON, content);
  }

  private byte[] bytes(Map<String, Object> request) {
    try {
      return json.writeValueAsBytes(request);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a call could not be written", e);
    }
  }

  public void setApi(UploadApi api) {
    urls = api.urls();
    checksums = api.checksums();
    bandwidth = api.bandwidth();
  }

  public void setPlaces(Places places) {
    this.places = places;
  }

  public void setJson(ObjectMapper json) {
    this.json = json;
  }

  /** {@code md5}: of everything that is sent; {@code off}: none. */
  public void setChecksum(String checksum) {
    hashing = checksum.equals("md5");
  }
}

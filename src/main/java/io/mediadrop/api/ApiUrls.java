package io.mediadrop.api;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** The addresses of the calls below the configured base URL. */
public class ApiUrls {

  private final String baseUrl;

  /** The addresses below this one. */
  ApiUrls(String baseUrl) {
    this.baseUrl = baseUrl.trim().replaceFirst("/+$", "");
  }

  /** POST: opens an upload session. */
  public String init() {
    return baseUrl + "/v2/access/uploads/init";
  }

  /** POST: says that all parts are there. */
  public String complete() {
    return baseUrl + "/v2/access/uploads/complete";
  }

  /** POST: asks whether the connection has a media with this etag and size. */
  public String check() {
    return baseUrl + "/v2/access/uploads/check";
  }

  /** GET: a page of the connection's media, the most recent first. */
  public String recentMedia(int limit, int offset) {
    return baseUrl
        + "/v2/access/vault/media?sortBy=recent&sortDirection=desc&limit=%d&offset=%d"
            .formatted(limit, offset);
  }

  /** PUT: the whole file. */
  public String whole(String mediaUploadId) {
    return baseUrl + "/v2/access/uploads/" + encoded(mediaUploadId);
  }

  /** PUT: one part, counted from 1. */
  public String part(String mediaUploadId, int number) {
    return whole(mediaUploadId) + "/parts/" + number;
  }

  private static String encoded(String segment) {
    return URLEncoder.encode(segment, StandardCharsets.UTF_8).replace("+", "%20");
  }
}

package io.mediadrop.sandbox;

import java.util.List;
import java.util.stream.IntStream;

/** The calls the sandbox knows, each with the permission it needs. */
public enum Route {
  CHECK("POST", "/v2/access/uploads/check", Permission.WRITE),
  INIT("POST", "/v2/access/uploads/init", Permission.WRITE),
  COMPLETE("POST", "/v2/access/uploads/complete", Permission.WRITE),
  WHOLE("PUT", "/v2/access/uploads/{id}", Permission.WRITE),
  PART("PUT", "/v2/access/uploads/{id}/parts/{number}", Permission.WRITE),
  VAULT_MEDIA("GET", "/v2/access/vault/media", Permission.READ),
  LISTS("GET", "/v2/access/vault/lists", Permission.READ),
  CREATE_LIST("POST", "/v2/access/vault/lists", Permission.WRITE),
  DELETE_LIST("DELETE", "/v2/access/vault/lists/{list}", Permission.WRITE),
  LIST_MEDIA("GET", "/v2/access/vault/lists/{list}/media", Permission.READ),
  FILE_MEDIA("POST", "/v2/access/vault/lists/{list}/media", Permission.WRITE),
  CREATE_POST("POST", "/v2/access/posts", Permission.NONE),
  SEND_MESSAGE("POST", "/v2/access/chats/{user}/messages", Permission.NONE),
  WHOAMI("GET", "/v2/account/whoami", Permission.NONE),
  CONNECTIONS("GET", "/v2/account/connections", Permission.NONE),
  /** The bytes behind the URLs of a media object; asks for no credentials. */
  MEDIA_FILE("GET", "/media/{id}/{file}", Permission.NONE),
  /** Whatever matches no other route. */
  UNKNOWN("", "", Permission.NONE);

  private final String method;
  private final List<String> pattern;
  final String permission;

  Route(String method, String pattern, String permission) {
    this.method = method;
    this.pattern = List.of(pattern.split("/", -1));
    this.permission = permission;
  }

  /** Access calls speak for a connection and cost a token of its rate limit. */
  boolean needsConnection() {
    return pattern.size() > 2 && pattern.get(2).equals("access");
  }

  static Route of(String method, List<String> segments) {
    for (Route route : values()) {
      if (route.method.equals(method) && route.matches(segments)) {
        return route;
      }
    }
    return UNKNOWN;
  }

  private boolean matches(List<String> segments) {
    if (pattern.size() != segments.size()) {
      return false;
    }
    for (int i = 0; i < pattern.size(); i++) {
      if (!isParameter(i) && !pattern.get(i).equals(segments.get(i))) {
        return false;
      }
    }
    return true;
  }

  /** The values of the path's parameters, in order. */
  List<String> parameters(List<String> segments) {
    return IntStream.range(0, pattern.size())
        .filter(this::isParameter)
        .mapToObj(segments::get)
        .toList();
  }

  private boolean isParameter(int index) {
    return pattern.get(index).startsWith("{");
  }
}

package io.mediadrop.console;

import java.security.SecureRandom;
import java.util.HexFormat;
import org.apache.camel.StreamCache;

/** Whether a request is answered, and what its sender can do about it where it is not. */
final class Admission {

  /** The header with what a page must have read here before it may change something. */
  private static final String PAGE_TOKEN = "X-Mediadrop-Token";

  private static final int TOKEN_BYTES = 32;

  private final String pageToken = random();
  private final String token;

  /** With what everybody must know, or with an empty text where only this machine may ask. */
  Admission(String token) {
    this.token = token;
  }

  private static String random() {
    byte[] bytes = new byte[TOKEN_BYTES];
    new SecureRandom().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  String pageToken() {
    return pageToken;
  }

  /** Why it is not answered, or null if it is. */
  Refusal refusalOf(Request request) {
    Refusal stranger = token.isEmpty() ? ofStranger(request) : ofUnproven(request);
    return stranger == null ? ofGuest(request) : stranger;
  }

  private Refusal ofUnproven(Request request) {
    Proof proof = new Proof(request);
    return proof.bears(token) || proof.hasAsPassword(token)
        ? null
        : new Refusal(401, "mediadrop.console.token is asked for, as the password or as a bearer");
  }

  private static Refusal ofStranger(Request request) {
    if (!request.isLocal()) {
      return new Refusal(403, "others than this machine need mediadrop.console.token to be set");
    }
    if (!request.isForThisMachine()) {
      return new Refusal(
          403, "ask for it by localhost or 127.0.0.1; another name needs mediadrop.console.token");
    }
    return null;
  }

  private Refusal ofGuest(Request request) {
    if (request.isFromElsewhere()) {
      return new Refusal(403, "a page of another place has asked");
    }
    if (request.climbs()) {
      return new Refusal(400, "there is no such path");
    }
    if (isTooLong(request.body())) {
      return new Refusal(413, "a request may bring %d bytes".formatted(RequestBody.LIMIT));
    }
    return request.isReading() || mayChange(new Proof(request))
        ? null
        : new Refusal(
            403, "to change something, send in X-Mediadrop-Token what /api/token answers");
  }

  /** A browser sends neither for the page of another place. */
  private boolean mayChange(Proof proof) {
    return proof.bears(token) || proof.has(PAGE_TOKEN, pageToken);
  }

  /** A server of somebody else's has read it before anybody could ask. */
  private static boolean isTooLong(Object body) {
    return body instanceof StreamCache cached && cached.length() > RequestBody.LIMIT
        || body instanceof byte[] bytes && bytes.length > RequestBody.LIMIT
        || body instanceof String text && text.length() > RequestBody.LIMIT;
  }
}

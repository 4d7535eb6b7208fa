package bench;

import java.io.IOException;

/** What the sink says: the API's answers, and those of an empty bucket that takes everything. */
final class SinkAnswers {

  private static final String UPLOADS = "/v2/access/uploads/";
  private static final String JSON = "application/json";

  /** Six items: the media, its file, a source of it, and three smaller pictures. */
  private static final String MEDIA =
      """
      ,"type":"photo","convertedToVideo":false,"canView":true,"hasError":false,"isReady":true,\
      "createdAt":"2026-01-01T00:00:00+00:00","duration":0,"releaseForms":[],\
      "hasCustomPreview":false,"videoSources":{"240":null,"720":null},"files":{\
      "full":{"url":"https://media.example/full.jpg","width":1920,"height":1080,"size":100000,\
      "sources":[{"url":"https://media.example/source.jpg","width":1920,"height":1080,\
      "type":"image/jpeg"}]},\
      "thumb":{"url":"https://media.example/thumb.jpg","width":300,"height":300,"size":0},\
      "preview":{"url":"https://media.example/preview.jpg","width":960,"height":540,"size":0,\
      "options":[]},\
      "squarePreview":{"url":"https://media.example/square.jpg","width":540,"height":540,\
      "size":0}}}}\
      """;

  private static final String EMPTY_BUCKET =
      "<ListBucketResult><KeyCount>0</KeyCount><IsTruncated>false</IsTruncated></ListBucketResult>";

  private SinkAnswers() {}

  /** Answers a PUT whose content has come. */
  static void put(SinkConnection to, SinkConnection.Call call, Tally tally) throws IOException {
    String path = call.path();
    int parts = path.indexOf("/parts/");
    if (!path.startsWith(UPLOADS)) {
      tally.uploaded(path);
      to.send(200, "text/plain", "");
    } else if (parts > 0) {
      String number = path.substring(parts + "/parts/".length());
      to.send(
          200,
          JSON,
          "{\"mediaUploadId\":\"%s\",\"partNumber\":%s,\"etag\":\"part-%2$s\"}"
              .formatted(id(path.substring(UPLOADS.length(), parts)), number));
    } else {
      String id = id(path.substring(UPLOADS.length()));
      tally.uploaded(id);
      to.send(200, JSON, media(id));
    }
  }

  /** Answers anything but a PUT. */
  static void other(
      SinkConnection to, SinkConnection.Call call, String body, Tally tally, Sink sink, long time)
      throws IOException {
    switch (call.method() + " " + call.path()) {
      case "POST " + UPLOADS + "init" -> {
        tally.opens(field(body, "filename"), time);
        to.send(200, JSON, plan(call, body, tally, sink));
      }
      case "POST " + UPLOADS + "complete" -> {
        String id = field(body, "mediaUploadId");
        tally.uploaded(id);
        to.send(200, JSON, media(id));
      }
      case "POST " + UPLOADS + "check" -> to.send(200, JSON, "{\"exists\":false}");
      default -> {
        boolean asksForList = call.method().equals("GET");
        to.send(asksForList ? 200 : 404, "application/xml", asksForList ? EMPTY_BUCKET : "");
      }
    }
  }

  private static String plan(SinkConnection.Call call, String body, Tally tally, Sink sink) {
    long session = sink.nextSession();
    String host = sink.scheme() + "://" + call.host();
    long size = Long.parseLong(field(body, "size"));
    String whole = host + UPLOADS + "upload%3A" + session;
    boolean inParts = size > tally.partSize;
    // a recipe may open a session for a file that it has moved away already
    long step = inParts ? tally.partSize : Math.max(1, size);
    long total = (size + step - 1) / step;
    StringBuilder plan =
        new StringBuilder("{\"mediaUploadId\":\"upload:")
            .append(session)
            .append("\",\"uploadType\":\"")
            .append(inParts ? "multipart" : "single")
            .append("\",\"totalParts\":")
            .append(total)
            .append(",\"partSize\":")
            .append(step)
            .append(",\"expiresAt\":\"2100-01-01T00:00:00.000Z\",\"parts\":[");
    for (long number = 1; number <= total; number++) {
      plan.append(number == 1 ? "" : ",")
          .append("{\"partNumber\":")
          .append(number)
          .append(",\"uploadUrl\":\"")
          .append(whole)
          .append(inParts ? "/parts/" + number : "")
          .append("\",\"byteRange\":{\"start\":")
          .append((number - 1) * step)
          .append(",\"end\":")
          .append(Math.min(number * step, size) - 1)
          .append("}}");
    }
    return plan.append("],\"completeUrl\":\"")
        .append(host)
        .append(UPLOADS)
        .append("complete\"}")
        .toString();
  }

  private static String media(String id) {
    String number = id.substring(id.indexOf(':') + 1);
    return "{\"mediaUploadId\":\"" + id + "\",\"media\":{\"id\":" + number + MEDIA;
  }

  private static String id(String encoded) {
    return encoded.replace("%3A", ":");
  }

  /** A field of a flat JSON object whose values need no decoding. */
  private static String field(String json, String name) {
    int at = json.indexOf(':', json.indexOf("\"" + name + "\"")) + 1;
    int end = at;
    while (json.charAt(end) != ',' && json.charAt(end) != '}') {
      end++;
    }
    return json.substring(at, end).trim().replace("\"", "");
  }
}

package io.mediadrop.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;

/** Writes the API's media object for one medium as it stands now. */
final class MediaWriter {
  private final MediaItem item;
  private final String folder;
  private final boolean ready;

  MediaWriter(MediaItem item, String baseUrl) {
    this.item = item;
    this.folder = baseUrl + "/media/" + item.id() + "/";
    this.ready = item.isReady() && !item.behaviour().failed();
  }

  ObjectNode write() {
    ObjectNode media = Json.object().put("id", item.id());
    if (item.behaviour().typed()) {
      media.put("type", item.behaviour().odd() ? "hologram" : type());
    }
    media
        .put("convertedToVideo", type().equals("gif"))
        .put("canView", ready)
        .put("hasError", item.isReady() && item.behaviour().failed())
        .put("isReady", ready)
        .put("createdAt", createdAt())
        .put("duration", ready && isVideo() ? 12 : 0)
        .put("hasCustomPreview", false);
    writeReleaseForms(media);
    writeVideoSources(media.putObject("videoSources"));
    writeFiles(media.putObject("files"));
    if (item.behaviour().odd()) {
      writeOddities(media);
    }
    return media;
  }

  private String createdAt() {
    return DateTimeFormatter.ISO_OFFSET_DATE_TIME
        .format(item.upload().finishedAt().truncatedTo(ChronoUnit.SECONDS).atOffset(ZoneOffset.UTC))
        .replace("Z", "+00:00");
  }

  private String type() {
    String contentType = item.upload().contentType();
    if (contentType.equals("image/gif")) {
      return "gif";
    }
    String family = contentType.split("/")[0];
    return family.equals("video") || family.equals("audio") ? family : "photo";
  }

  private boolean isVideo() {
    return type().equals("video");
  }

  private void writeReleaseForms(ObjectNode media) {
    var forms = media.putArray("releaseForms");
    if (isVideo()) {
      forms
          .addObject()
          .put("id", 7)
          .put("name", "Sandbox release")
          .put("partnerSource", "manual")
          .put("type", "tag");
    }
  }

  private void writeVideoSources(ObjectNode sources) {
    sources.put("240", ready && isVideo() ? folder + "240.mp4" : null);
    sources.put("720", ready && isVideo() ? folder + "720.mp4" : null);
  }

  private void writeFiles(ObjectNode files) {
    var sources = writeImage(files.putObject("full"), "full", 1920, 1080).putArray("sources");
    if (!ready) {
      files.putNull("thumb").putNull("preview").putNull("squarePreview");
      return;
    }
    writeImage(sources.addObject(), "source", 1920, 1080).put("type", item.upload().contentType());
    writeImage(files.putObject("thumb"), "thumb", 300, 300);
    var options = writeImage(files.putObject("preview"), "preview", 960, 540).putArray("options");
    writeImage(options.addObject(), "preview-small", 480, 270);
    writeImage(files.putObject("squarePreview"), "square", 540, 540);
  }

  private ObjectNode writeImage(ObjectNode file, String name, int width, int height) {
    boolean full = name.equals("full");
    String url = folder + name + (full ? "?size=" + item.upload().size() : "");
    return file.put("url", ready ? url : null)
        .put("width", ready ? width : 0)
        .put("height", ready ? height : 0)
        // that of the others is not said, as often in life
        .put("size", ready && full ? item.upload().size() : 0);
  }

  private static void writeOddities(ObjectNode media) {
    media
        .put("views", new BigInteger("123456789012345678901234567890"))
        .put("ratio", 1.0e300)
        .putNull("duration")
        .putNull("createdAt");
    media.putObject("aiLabels").put("née", "☃").putArray("empty");
  }
}

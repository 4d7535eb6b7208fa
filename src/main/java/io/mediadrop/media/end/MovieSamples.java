package io.mediadrop.media.end;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Whether there is something where the index of a movie says that pictures and sound are. A copy
 * that got its room on the disk at once has nothing but zeros there as long as it lasts.
 */
final class MovieSamples {

  /** Plain pictures and sound, where zeros are black and silence. */
  private static final Set<String> PLAIN =
      Set.of(
          "raw ", "NONE", "sowt", "twos", "in24", "in32", "fl32", "fl64", "lpcm", "ipcm", "fpcm",
          "2vuy", "yuv2", "yuvs", "yv12", "v210", "v216", "v308", "v408", "v410", "BGRA", "RGBA",
          "ABGR", "b16g", "b48r", "b64a", "R10k", "R210", "r210", "uncv", "HFYU", "FFVH");

  private static final int PLACES = 16;

  /** Bytes that no encoder leaves without a one. */
  private static final int LOOK = 64;

  /** Some pad their pictures with zeros, up to a block. */
  private static final int TAIL = 4 * 1024;

  private final FileBytes file;
  private final List<Box> tracks = new ArrayList<>();
  private final long start;

  /**
   * Those of a movie.
   *
   * @param moov the index
   * @param start where the movie begins in the file
   */
  MovieSamples(FileBytes file, Box moov, long start) throws IOException {
    this.file = file;
    this.start = start;
    for (Box each : moov.boxes(file)) {
      if (each.name().equals("trak")) {
        tracks.add(each);
      }
    }
  }

  /** Whether a track is not packed, so that its zeros mean something. */
  boolean arePlain() throws IOException {
    for (Box track : tracks) {
      Box kinds = track.in(file, "mdia", "minf", "stbl", "stsd");
      if (kinds != null && isPlain(kinds)) {
        return true;
      }
    }
    return false;
  }

  /** Looks at some places of each track, and at its end. */
  boolean areThere() throws IOException {
    for (Box track : tracks) {
      if (!isThere(track)) {
        return false;
      }
    }
    return true;
  }

  private boolean isThere(Box track) throws IOException {
    Box handler = track.in(file, "mdia", "hdlr");
    Box table = track.in(file, "mdia", "minf", "stbl");
    if (handler == null || table == null || !isSeenOrHeard(handler)) {
      return true;
    }
    Box kinds = table.in(file, "stsd");
    boolean large = table.in(file, "stco") == null;
    Box places = table.in(file, large ? "co64" : "stco");
    if (places == null || kinds == null || isPlain(kinds)) {
      return true;
    }
    long count = file.big(places.content() + 4, 4);
    long last = -1;
    for (long i = 0; i < Math.min(count, PLACES); i++) {
      long place = count <= PLACES ? i : i * (count - 1) / (PLACES - 1);
      int bytes = large ? 8 : 4;
      last = start + file.big(places.content() + 8 + place * bytes, bytes);
      if (file.isBlank(last, LOOK)) {
        return false;
      }
    }
    long length = count == 0 ? 0 : lengthOfLast(table);
    return length < TAIL || !file.isBlank(last + length - TAIL, TAIL);
  }

  private boolean isSeenOrHeard(Box handler) throws IOException {
    return Set.of("vide", "soun").contains(file.text(handler.content() + 8, 4));
  }

  private boolean isPlain(Box kinds) throws IOException {
    return kinds.end() - kinds.content() >= 16
        && PLAIN.contains(file.text(kinds.content() + 12, 4));
  }

  /** Bytes of the last chunk of samples; 0 if that is not told. */
  private long lengthOfLast(Box table) throws IOException {
    Box chunks = table.in(file, "stsc");
    Box sizes = table.in(file, "stsz");
    long groups = chunks == null ? 0 : file.big(chunks.content() + 4, 4);
    if (groups == 0 || sizes == null) {
      return 0;
    }
    long samples = file.big(chunks.content() + 8 + 12 * (groups - 1) + 4, 4);
    long all = file.big(sizes.content() + 8, 4);
    long each = file.big(sizes.content() + 4, 4);
    if (each > 0) {
      return each * samples;
    }
    long length = 0;
    for (long i = Math.max(0, all - samples); i < all; i++) {
      length += file.big(sizes.content() + 12 + 4 * i, 4);
    }
    return length;
  }
}

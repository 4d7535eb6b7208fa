package io.mediadrop.media;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/**
 * What content type a file has.
 *
 * @param type the one to send
 * @param byName what the extension says, {@link #UNKNOWN} if it says nothing
 * @param byMagic what the first bytes say, {@link #UNKNOWN} if they say nothing
 */
public record ContentType(String type, String byName, String byMagic) {

  public static final String UNKNOWN = "application/octet-stream";

  private static final Set<String> CONTAINERS =
      Set.of("video/mp4", "video/webm", "video/x-matroska");

  /** Enough for every media type, and a quarter of the time that 64 KiB take. */
  private static final int HEAD = 8 * 1024;

  /** Of a regular file; a link is not followed. */
  public static ContentType of(Path file) throws IOException {
    var options = Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
    try (var channel = Files.newByteChannel(file, options)) {
      return of(file.getFileName().toString(), channel);
    }
  }

  /** Of a file that is open; the channel is left where it was. */
  public static ContentType of(String name, SeekableByteChannel file) throws IOException {
    return of(TypeByName.of(name), TypeByMagic.of(head(file)));
  }

  static ContentType of(String byName, String byMagic) {
    boolean nameDecides = byMagic.equals(UNKNOWN) || isSoundOfContainer(byName, byMagic);
    return new ContentType(nameDecides ? byName : byMagic, byName, byMagic);
  }

  /** Photo, video, gif or audio; empty for anything else. */
  public Optional<MediaKind> kind() {
    return MediaKind.of(type);
  }

  public boolean isMedia() {
    return kind().isPresent();
  }

  /** Whether name and first bytes are of one kind, or one of them says nothing. */
  public boolean agree() {
    return byName.equals(UNKNOWN) || byMagic.equals(UNKNOWN) || MediaKind.of(byName).equals(kind());
  }

  /** These look the same whether or not they hold pictures, so {@code .m4a} decides. */
  private static boolean isSoundOfContainer(String byName, String byMagic) {
    return CONTAINERS.contains(byMagic) && byName.equals(byMagic.replaceFirst("video", "audio"));
  }

  private static byte[] head(SeekableByteChannel file) throws IOException {
    long before = file.position();
    var head = ByteBuffer.allocate((int) Math.min(HEAD, file.size()));
    file.position(0);
    while (head.hasRemaining() && file.read(head) >= 0) {
      // a read may bring less than asked for
    }
    file.position(before);
    return Arrays.copyOf(head.array(), head.position());
  }
}
